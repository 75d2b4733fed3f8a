import type { Dtype, TensorData } from '../core/dtype';
import { grouped } from '../text/numbers';
import { table } from '../text/table';
import { elementCount, type Shape } from '../core/shape';
import { type Sampler, type Tensor, type Seed } from '../sampler';
import type { KerasLayer } from './keras';
import type { Filling } from '../initializers';
import { fillingLabel } from '../initializers/label';
import type { LoadedModel } from './source';

/** A tensor of an initialized model. */
export interface Weight {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: Dtype;
  readonly initializer: Filling;
  readonly tensor: Tensor;
}

/** A model whose tensors are filled; see initModel. */
export class InitializedModel {
  /** The tensors by name, in the model's order. */
  readonly tensors: ReadonlyMap<string, Tensor>;

  constructor(
    private readonly model: LoadedModel,
    /** The seed that, with a tensor's name, gives its values. */
    readonly seed: Seed,
    /** In the model's order. */
    readonly weights: readonly Weight[],
    /** What filled them; its device, where it has one, owns their buffers. */
    readonly sampler: Sampler,
    private readonly ownsSampler: boolean,
  ) {
    this.tensors = new Map(weights.map(({ name, tensor }) => [name, tensor]));
  }

  get name(): string | undefined {
    return this.model.name;
  }

  /** Of the tensors, in the model's order. */
  get names(): string[] {
    return [...this.tensors.keys()];
  }

  /** What the user should know, a sentence each: tensors that were left out, for one. */
  get notes(): readonly string[] {
    return this.model.notes;
  }

  /** The elements of all tensors. */
  countParams(): number {
    return this.weights.reduce((total, { shape }) => total + elementCount(shape), 0);
  }

  /**
   * The values on the host, in the model's order, which is Keras's for its models: Float32Array, or Uint16Array with the bit
   * patterns of float16 and bfloat16, or Uint32Array.
   */
  async getWeights(): Promise<TensorData[]> {
    const values: TensorData[] = [];
    for (const { tensor } of this.weights) values.push(await tensor.data());
    return values;
  }

  /** A Keras model's layers; undefined for other sources. */
  get layers(): readonly KerasLayer[] | undefined {
    return this.model.keras?.layers;
  }

  /** Keras's table of layers for its models, for others one of tensors; with how many parameters there are, those included that no training changes. */
  summary(): string {
    if (this.model.keras !== undefined) return this.model.keras.summary();
    const rows = this.weights.map(({ name, shape, dtype, initializer }) => [
      name,
      `[${shape.join(', ')}]`,
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

  /** Keras's configuration for its models, for others the description that `initModel` makes the same model from. */
  getConfig(): Readonly<Record<string, unknown>> {
    const { name, tensors, keras } = this.model;
    if (keras !== undefined) return keras.getConfig();
    return { ...(name !== undefined && { name }), tensors };
  }

  /** Frees the tensors, and the sampler unless it is the caller's. */
  destroy(): void {
    for (const { tensor } of this.weights) tensor.destroy();
    if (this.ownsSampler) this.sampler.destroy();
  }
}
