import type { Dtype, TensorData } from '../core/dtype';
import { grouped, shapeText } from '../text/numbers';
import { table } from '../text/table';
import { elementCount, type Shape } from '../core/shape';
import { type Sampler, type Tensor, type Seed } from '../sampler';
import type { KerasLayer } from './keras';
import type { Filling } from '../initializers';
import { fillingLabel } from '../initializers/label';
import type { LoadedModel } from './source';

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
  /** Its name, from which with the model's seed its values follow. */
  readonly name: string;
  /** Its sizes in elements. */
  readonly shape: Shape;
  /** The type of its elements. */
  readonly dtype: Dtype;
  /** What filled it. */
  readonly initializer: Filling;
  /** Its values, on the device that filled them or on the host. */
  readonly tensor: Tensor;
}

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
    /** The seed that, with a tensor's name, gives its values. */
    readonly seed: Seed,
    /** The tensors and how they were filled, in the model's order. */
    readonly weights: readonly Weight[],
    /** What filled them; its device, where it has one, owns their buffers. */
    readonly sampler: Sampler,
    private readonly ownsSampler: boolean,
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

  /** What the user should know, a sentence each, such as which tensors were left out. */
  get notes(): readonly string[] {
    return this.model.notes;
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
   * The values on the host, in the model's order, which is Keras's for its models. The elements of each tensor
   * are in row-major order: as a Float32Array, as a Uint16Array with the bit patterns of float16 or bfloat16, or
   * as a Uint32Array.
   * @throws DeviceError (as a rejection) where the device was lost
   *
   * @example
   * ```ts
   * import { initModel } from 'tensorseed/models';
   *
   * const tensors = [{ name: 'w', shape: [3, 4], initializer: 'glorot_uniform' }];
   * const model = await initModel({ tensors }, { seed: 42 });
   * const [w] = await model.getWeights();
   * console.log(w.constructor.name, w.length); // Float32Array 12
   * model.destroy();
   * ```
   */
  async getWeights(): Promise<TensorData[]> {
    const values: TensorData[] = [];
    for (const { tensor } of this.weights) values.push(await tensor.data());
    return values;
  }

  /** The layers of a Keras model; undefined for other sources. */
  get layers(): readonly KerasLayer[] | undefined {
    return this.model.keras?.layers;
  }

  /**
   * A table to print: of layers, as Keras draws it, for a Keras model, and of tensors for any other. It ends with
   * the number of parameters, those included that no training changes.
   *
   * @example
   * ```ts
   * import { initModel } from 'tensorseed/models';
   *
   * const tensors = [{ name: 'w', shape: [3, 4], initializer: 'glorot_uniform' }];
   * const model = await initModel({ tensors }, { seed: 42 });
   * console.log(model.summary().trimEnd().split('\n').at(-1)); // Total params: 12
   * model.destroy();
   * ```
   */
  summary(): string {
    if (this.model.keras !== undefined) return this.model.keras.summary();
    const rows = this.weights.map(({ name, shape, dtype, initializer }) => [
      name,
      shapeText(shape),
      dtype,
      grouped(elementCount(shape)),
      fillingLabel(initializer),
    ]);
    const columns = [
      { title: 'tensor' },
      { title: 'shape' },
      { title: 'dtype' },
      { title: 'parameters', right: true },
      { title: 'initializer' },
    ];
    return `${table(columns, rows)}Total params: ${grouped(this.countParams())}\n`;
  }

  /**
   * Keras's configuration for a Keras model. For any other it is the description from which `initModel` makes the
   * same model.
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
    const { name, tensors, keras } = this.model;
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
