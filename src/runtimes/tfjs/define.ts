import { provideOperands } from '../../backends/gpu/code';
import * as orthogonal from '../../backends/gpu/orthogonal/operand';
import * as tf from '@tensorflow/tfjs';
import { ArgumentError, reading, show } from '../../core/errors';
import { type Draw, type initializers as keras, type Shape } from '../../index';
import { fillNow } from './fill';
import { toKerasConfig, toKerasValues, toTfConfig } from './spelling';

type TfInitializer = ReturnType<typeof tf.initializers.ones>;

/**
 * tf.js's Initializer, of which every initializer of a layer must be an instance; tf.js does not export it.
 */
const Base = Object.getPrototypeOf(tf.initializers.ones().constructor) as abstract new () => TfInitializer;

/**
 * One of Keras's initializers as a layer of tf.js takes it; `fill` takes it, too.
 *
 * @example
 * ```ts
 * import { heNormal, type Initializer } from 'tensorseed/tfjs';
 *
 * const initializer: Initializer = heNormal({ seed: 42 });
 * console.log(initializer.className, initializer.seed); // HeNormal 42n
 * ```
 */
export abstract class Initializer extends Base implements keras.Initializer {
  /** Keras's name of it, such as HeNormal. */
  readonly className: string;
  /** The seed in force, in [0, 2^64); undefined for an initializer that draws nothing. */
  readonly seed: bigint | undefined;

  /** @internal */
  constructor(private readonly inner: keras.Initializer) {
    super();
    this.className = inner.className;
    this.seed = inner.seed;
  }

  /**
   * What fills a tensor of a shape.
   * @throws ArgumentError for a shape that the initializer cannot fill
   *
   * @example
   * ```ts
   * import { glorotUniform } from 'tensorseed/tfjs';
   *
   * console.log(glorotUniform({ seed: 42 }).resolve([3, 3])); // { kind: 'uniform', low: -1, high: 1 }
   * ```
   */
  resolve(shape: Shape): Draw {
    return this.inner.resolve(shape);
  }

  /**
   * The weights of a layer, the same at every call. tf.layers calls it; for a tensor beside a layer there is
   * {@link fill}.
   * @param shape the tensor's, with a size for every axis
   * @param dtype float32, or for constants and identities of whole numbers int32. Default float32
   * @throws ArgumentError where the shape or the dtype cannot be right
   * @throws DeviceError where the tensor is too large for the device, or the device is known to be lost
   *
   * @example
   * ```ts
   * import { ones } from 'tensorseed/tfjs';
   *
   * const weights = ones().apply([2, 2], 'int32');
   * console.log(String(await weights.data()), weights.dtype); // 1,1,1,1 int32
   * ```
   */
  override apply(shape: tf.Shape, dtype?: tf.DataType): tf.Tensor {
    provideOperands(orthogonal);
    return fillNow(this, shape as number[], dtype === undefined ? {} : { dtype: dtype as 'float32' });
  }

  /**
   * The options in tf.js's spelling, as tf.js keeps them until it writes a model's JSON.
   *
   * @example
   * ```ts
   * import { randomUniform } from 'tensorseed/tfjs';
   *
   * const { minval, maxval } = randomUniform({ seed: 42 }).getConfig();
   * console.log(minval, maxval); // -0.05 0.05
   * ```
   */
  override getConfig(): tf.serialization.ConfigDict & keras.Config {
    return toTfConfig(this.inner.getConfig()) as tf.serialization.ConfigDict & keras.Config;
  }
}

/**
 * An initializer's class, registered with tf.js.
 *
 * @example
 * ```ts
 * import { GlorotNormal, HeNormal, type InitializerClass } from 'tensorseed/tfjs';
 *
 * const classes: InitializerClass<{ seed?: number }>[] = [HeNormal, GlorotNormal];
 * for (const type of classes) {
 *   const initializer = new type({ seed: 42 });
 *   if (initializer.seed !== 42n) throw new Error(`${type.className} has another seed`);
 * }
 * ```
 */
export interface InitializerClass<Options> {
  /**
   * An initializer that layers and `fill` take.
   * @throws ArgumentError for an option that is unknown or whose value cannot be right
   *
   * @example
   * ```ts
   * import { RandomNormal } from 'tensorseed/tfjs';
   *
   * const initializer = new RandomNormal({ stddev: 0.02, seed: 42 });
   * console.log(initializer.apply([4]).shape.join()); // 4
   * ```
   */
  new (options?: Options): Initializer;
  /** What a model's JSON calls it: tensorseed>HeNormal, as Keras writes a registered class of a package. */
  readonly className: string;
  /**
   * The initializer of a configuration, as tf.js reads it from a model's JSON.
   * @param type the class itself, which tf.js passes to every `fromConfig`
   * @param config as `getConfig` gives it
   * @throws ArgumentError for a key that is unknown or whose value cannot be right
   *
   * @example
   * ```ts
   * import { HeNormal } from 'tensorseed/tfjs';
   *
   * const first = new HeNormal({ seed: 42 });
   * const again = HeNormal.fromConfig(HeNormal, first.getConfig());
   * console.log(again.seed === first.seed); // true
   * ```
   */
  fromConfig(type: unknown, config: tf.serialization.ConfigDict): Initializer;
}

interface KerasClass<Options> {
  new (options?: Options): keras.Initializer;
  fromConfig(config: unknown): keras.Initializer;
}

/**
 * The class for tf.js of one of our initializers, which takes values in tf.js's spelling, too. Its registered
 * name is not the bare one, by which tf.js would find its own class when it loads a model.
 */
export function define<KerasOptions extends object, Options extends object = KerasOptions>(
  type: KerasClass<KerasOptions>,
): InitializerClass<Options> {
  class Defined extends Initializer {
    static readonly className = `tensorseed>${new type().className}`;

    static fromConfig<T extends tf.serialization.Serializable>(
      cls: new (inner: unknown) => T,
      config: tf.serialization.ConfigDict,
    ): T {
      if (typeof cls !== 'function')
        throw new ArgumentError(`type must be the class itself, got ${show(cls)}`);
      return new cls(type.fromConfig(toKerasConfig(config)));
    }

    constructor(options: Options | keras.Initializer = {} as Options) {
      const made = reading('options', () => options instanceof type);
      super(
        made ? (options as keras.Initializer) : new type(toKerasValues(options) as unknown as KerasOptions),
      );
    }
  }
  tf.serialization.registerClass(Defined as tf.serialization.SerializableConstructor<Defined>);
  return Defined;
}

/** What makes the initializers of a class without `new`. */
export function factoryOf<Options>(type: InitializerClass<Options>): (options?: Options) => Initializer {
  return (options) => new type(options);
}
