import * as tf from '@tensorflow/tfjs';
import { type Draw, type initializers as keras, type Shape } from '../../index';
import { fillNow } from './fill';
import { type EitherSpelling, toKerasConfig, toKerasValues, toTfConfig } from './spelling';

type TfInitializer = ReturnType<typeof tf.initializers.ones>;
type Config = ReturnType<TfInitializer['getConfig']> & keras.Config;

/** tf.js's Initializer, of which every initializer of a layer must be an instance; tf.js does not export it. */
const Base = Object.getPrototypeOf(tf.initializers.ones().constructor) as abstract new () => TfInitializer;

/** One of Keras's initializers as a layer of tf.js takes it; `fill` takes it, too. */
export abstract class Initializer extends Base implements keras.Initializer {
  readonly className: string;
  readonly seed: bigint | undefined;

  constructor(private readonly inner: keras.Initializer) {
    super();
    this.className = inner.className;
    this.seed = inner.seed;
  }

  resolve(shape: Shape): Draw {
    return this.inner.resolve(shape);
  }

  /**
   * The weights of a layer, the same at every call.
   * @param dtype float32, or for constants and identities of whole numbers int32. Default float32
   * @throws ArgumentError where the shape or the dtype cannot be right
   */
  override apply(shape: tf.Shape, dtype?: tf.DataType): tf.Tensor {
    return fillNow(this, shape as number[], dtype === undefined ? {} : { dtype: dtype as 'float32' });
  }

  override getConfig(): Config {
    return toTfConfig(this.inner.getConfig()) as Config;
  }
}

/** An initializer's class, registered with tf.js. */
export interface InitializerClass<Options> {
  new (options?: EitherSpelling<Options>): Initializer;
  /** What a model's JSON calls it: tensorseed>HeNormal, as Keras writes a registered class of a package. */
  readonly className: string;
  fromConfig(type: unknown, config: Config): Initializer;
}

interface KerasClass<Options> {
  new (options?: Options): keras.Initializer;
  fromConfig(config: unknown): keras.Initializer;
}

/**
 * The class for tf.js of one of our initializers. Its registered name is not the bare one, by which tf.js would find
 * its own class when it loads a model.
 */
export function define<Options extends object>(type: KerasClass<Options>): InitializerClass<Options> {
  class Defined extends Initializer {
    static readonly className = `tensorseed>${new type().className}`;

    static fromConfig<T extends tf.serialization.Serializable>(
      cls: new (inner: unknown) => T,
      config: Config,
    ): T {
      return new cls(type.fromConfig(toKerasConfig(config)));
    }

    constructor(options: EitherSpelling<Options> | keras.Initializer = {} as Options) {
      super(options instanceof type ? options : new type(toKerasValues(options as Options)));
    }
  }
  tf.serialization.registerClass(Defined as tf.serialization.SerializableConstructor<Defined>);
  return Defined;
}
