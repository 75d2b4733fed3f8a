import type { Dtype, TensorData } from '../core/dtype';
import { ArgumentError, show } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';
import type { Sampler, Seed, StreamKey, Tensor } from '../sampler';
import type { KerasLayer, SummaryArguments, SummaryOptions } from './keras';
import type { Filling } from '../initializers';
import { type LoadedModel, summaryOf } from './loaded_model';

/**
 * A tensor of an initialized model, with its values.
 *
 * @example
 * ```ts
 * import { initModel, type Weight } from 'tensorseed/models';
 *
 * const tensors = [{ name: 'w', shape: [3, 4], initializer: 'glorot_uniform' }];
 * const model = await initModel({ tensors }, { seed: 42 });
 * const [weight]: readonly Weight[] = model.weights;
 * console.log(weight.name, weight.dtype, (await weight.tensor.data()).length); // w float32 12
 * model.destroy();
 * ```
 */
export interface Weight {
  /** Its name, which no other tensor of the model has. */
  readonly name: string;
  /** Its sizes in elements. */
  readonly shape: Shape;
  /** The type of its elements. */
  readonly dtype: Dtype;
  /** What filled it; undefined where its values are those of a checkpoint. */
  readonly initializer: Filling | undefined;
  /** Its values, on the device that filled them or on the host. */
  readonly tensor: Tensor;
}

/**
 * The values of a weight on the host: a typed array in row-major order that also says its name, shape and dtype. It is
 * a Float32Array, a Uint16Array with the bit patterns of float16 or bfloat16, or a Uint32Array.
 *
 * @example
 * ```ts
 * import { initModel, type WeightValues } from 'tensorseed/models';
 *
 * const tensors = [{ name: 'b', shape: [2, 2], initializer: 'ones' }];
 * const model = await initModel({ tensors }, { seed: 42 });
 * const [b]: WeightValues[] = await model.getWeights();
 * console.log(b.name, b.shape.join(), b.dtype, String(b)); // b 2,2 float32 1,1,1,1
 * model.destroy();
 * ```
 */
export type WeightValues = TensorData & Pick<Weight, 'name' | 'shape' | 'dtype'>;

/**
 * A model whose tensors are filled. `initModel` makes it.
 *
 * @example
 * ```ts
 * import { initModel, type InitializedModel } from 'tensorseed/models';
 *
 * const tensors = [{ name: 'w', shape: [3, 4], initializer: 'glorot_uniform' }];
 * const model = await initModel({ tensors }, { seed: 42 });
 * const filled: InitializedModel = model;
 * console.log(filled.names.join(), filled.countParams()); // w 12
 * model.destroy();
 * ```
 */
export class InitializedModel {
  /** The tensors by name, in the model's order. */
  readonly tensors: ReadonlyMap<string, Tensor>;

  /**
   * `initModel` makes it.
   * @hidden
   */
  constructor(
    private readonly model: LoadedModel,
    /** What the user should know, a sentence each, such as which tensors were left out. */
    readonly notes: readonly string[],
    /** The seed that, with the name of a tensor's stream, gives its values; undefined where each tensor has its own. */
    readonly seed: Seed | StreamKey | undefined,
    /** The tensors and how they were filled, in the model's order. */
    readonly weights: readonly Weight[],
    /** What filled them; its device, where it has one, owns their buffers. */
    readonly sampler: Sampler,
    private readonly ownsSampler: boolean,
    private readonly dtype: Dtype,
  ) {
    this.tensors = new Map(weights.map(({ name, tensor }) => [name, tensor]));
  }

  /** The model's name, such as a preset's; undefined where its source has none. */
  get name(): string | undefined {
    return this.model.name;
  }

  /** The names of the tensors, in the model's order. */
  get names(): string[] {
    return [...this.tensors.keys()];
  }

  /**
   * The number of elements of all tensors together.
   *
   * @example
   * ```ts
   * import { initModel } from 'tensorseed/models';
   *
   * const tensors = [{ name: 'w', shape: [3, 4], initializer: 'glorot_uniform' }];
   * const model = await initModel({ tensors }, { seed: 42 });
   * console.log(model.countParams()); // 12
   * model.destroy();
   * ```
   */
  countParams(): number {
    return this.weights.reduce((total, { shape }) => total + elementCount(shape), 0);
  }

  /**
   * The values on the host, in the model's order, which is Keras's for its models. Each is a typed array with the
   * weight's name, shape and dtype, as the arrays that Keras returns have a shape.
   * @throws DeviceError (as a rejection) where the device was lost
   *
   * @example
   * ```ts
   * import { initModel, layers, Sequential } from 'tensorseed/models';
   *
   * const model = await initModel(new Sequential([layers.dense({ units: 4, inputShape: [3] })]), { seed: 42 });
   * const [kernel, bias] = await model.getWeights();
   * console.log(kernel.name, kernel.shape.join(), kernel.length); // dense/kernel 3,4 12
   * console.log(bias.name, bias.shape.join(), String(bias)); // dense/bias 4 0,0,0,0
   * model.destroy();
   * ```
   */
  async getWeights(): Promise<WeightValues[]> {
    const all: WeightValues[] = [];
    for (const { name, shape, dtype, tensor } of this.weights) {
      const values = (await tensor.data()).subarray(); // the array itself may be the tensor's own
      // What is not enumerable is neither an element nor in the way of comparisons.
      const said = { name: { value: name }, shape: { value: shape }, dtype: { value: dtype } };
      all.push(Object.defineProperties(values, said) as WeightValues);
    }
    return all;
  }

  /** The layers of a Keras model; undefined for other sources. */
  get layers(): readonly KerasLayer[] | undefined {
    return this.model.keras?.layers;
  }

  /**
   * Prints a table: of layers, as Keras draws it, for a Keras model, and of tensors for any other. `printFn` is called
   * with each line, and is `console.log` by default. The parameters that no training changes are counted, too.
   * TensorFlow.js's arguments are taken as well: `summary(lineLength, positions, printFn)`.
   * @returns the same lines as one text
   * @throws ArgumentError for an unknown option, one that cannot be right, and one about layers where there are none
   *
   * @example
   * ```ts
   * import { initModel } from 'tensorseed/models';
   *
   * const tensors = [{ name: 'w', shape: [3, 4], initializer: 'glorot_uniform' }];
   * const model = await initModel({ tensors }, { seed: 42 });
   * const lines: string[] = [];
   * model.summary({ printFn: (line) => lines.push(line) });
   * console.log(lines.at(-1)); // Total params: 12 (48.00 B)
   * model.destroy();
   * ```
   */
  summary(options?: SummaryOptions): string;
  summary(
    lineLength?: number | null,
    positions?: readonly number[] | null,
    printFn?: ((line: string) => void) | null,
  ): string;
  summary(...args: SummaryArguments): string {
    return summaryOf(this.model, args, this.weights, this.dtype);
  }

  /**
   * Keras's configuration for a Keras model. For any other it is the description from which `initModel` makes the
   * same model.
   * @throws ArgumentError where tensors are copies, whose values no description has
   *
   * @example
   * ```ts
   * import { initModel } from 'tensorseed/models';
   *
   * const tensors = [{ name: 'w', shape: [3, 4], initializer: 'glorot_uniform' }];
   * const model = await initModel({ tensors }, { seed: 42 });
   * console.log(JSON.stringify(model.getConfig()) === JSON.stringify({ tensors })); // true
   * model.destroy();
   * ```
   */
  getConfig(): Readonly<Record<string, unknown>> {
    const { name, tensors, keras, copies } = this.model;
    if (copies.length > 0)
      throw new ArgumentError(
        `a configuration does not have the values of copied tensors, such as ${show(copies[0].name)}: ` +
          'make the model again from the checkpoint and its rules',
      );
    if (keras !== undefined) return keras.getConfig();
    return { ...(name !== undefined && { name }), tensors };
  }

  /**
   * Frees the tensors, and the sampler unless it is the caller's.
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { initModel } from 'tensorseed/models';
   *
   * const tensors = [{ name: 'w', shape: [3, 4], initializer: 'glorot_uniform' }];
   * const sampler = await Sampler.create();
   * const model = await initModel({ tensors }, { seed: 42, sampler });
   * model.destroy();
   * const next = await sampler.fill('zeros', [4], { seed: 42 }); // the caller's sampler goes on
   * console.log(String(await next.data())); // 0,0,0,0
   * sampler.destroy();
   * ```
   */
  destroy(): void {
    for (const { tensor } of this.weights) tensor.destroy();
    if (this.ownsSampler) this.sampler.destroy();
  }
}
