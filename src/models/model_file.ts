import { knownKeys } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import { type Placed, planSafetensors } from '../formats/safetensors';
import { type MathMode, Sampler, Key, type Seed } from '../sampler';
import { chunksOfTensors, type ResolvedTensor, resolveTensors, type TensorChunk } from './resolved';
import { describeModel, MODEL_KEYS, type ModelOptions, type ModelSource } from './source';

export interface ModelFileOptions extends ModelOptions {
  /** An integer in [0, 2^64), or a Key. Required. */
  readonly seed: Seed;
  /** Default 'exact'. */
  readonly math?: MathMode;
}

/** A tensor of a file: what fills it, and where its bytes lie, [begin, end) of the file. */
export type ModelFileTensor = Placed<ResolvedTensor>;

export interface ModelChunkOptions {
  /** Of the file's tensors those to compute, one after the other. Default: all, in the order of the file. */
  readonly tensors?: readonly ModelFileTensor[];
  /** Size of a chunk in bytes, at most. Default 16 MiB. */
  readonly chunkBytes?: number;
  readonly signal?: AbortSignal;
}

/** A model as a safetensors file that nobody has to hold as a whole; see modelFile. */
export class ModelFile {
  constructor(
    readonly name: string | undefined,
    /** What its user should know, a sentence each. */
    readonly notes: readonly string[],
    /** The first bytes of the file. */
    readonly header: Uint8Array<ArrayBuffer>,
    /** In the order of their bytes, which follow the header, and one another, without a gap. */
    readonly tensors: readonly ModelFileTensor[],
    /** Of the whole file. */
    readonly byteLength: number,
  ) {}

  /**
   * Computes what comes after the header, chunk after chunk, in bounded memory: written in that order they are the file.
   * @throws ArgumentError (as a rejection) for options that cannot be right
   * @throws DeviceError (as a rejection) where memory is exhausted or the device was lost
   */
  async *chunks(
    sampler: Sampler,
    options: ModelChunkOptions = {},
  ): AsyncGenerator<TensorChunk<ModelFileTensor>> {
    if (!(sampler instanceof Sampler))
      throw new ArgumentError(`sampler must be a Sampler, got ${show(sampler)}`);
    const { tensors = this.tensors, ...others } = knownKeys('options', options, [
      'tensors',
      'chunkBytes',
      'signal',
    ]) as ModelChunkOptions;
    const own = new Set(this.tensors);
    const foreign = tensors.find((tensor) => !own.has(tensor));
    if (foreign !== undefined) throw new ArgumentError(`tensors must be of this file, got ${show(foreign)}`);
    yield* chunksOfTensors(sampler, tensors, others);
  }
}

/**
 * Lays a model out as a safetensors file, the same to the byte that `tensorseed init` writes: each tensor from the stream
 * `Key.from(seed).fold(name)`. Nothing is computed before `chunks` is read:
 *
 *     const file = modelFile('gpt2', { seed: 42 });
 *     await write(file.header);
 *     for await (const { bytes } of file.chunks(sampler)) await write(bytes);
 * @param source what describeModel takes
 * @throws ArgumentError, one line that names the tensor, where source or options cannot be right
 */
export function modelFile(source: ModelSource, options: ModelFileOptions): ModelFile {
  const { seed, math, ...rest } = knownKeys('options', options, [
    ...MODEL_KEYS,
    'seed',
    'math',
  ]) as unknown as ModelFileOptions;
  if (seed === undefined) throw new ArgumentError('seed is missing: give an integer in [0, 2^64)');
  const key = Key.from(seed);
  const model = describeModel(source, rest);
  const { header, tensors, fileBytes } = planSafetensors(
    resolveTensors(model, { seed: key, dtype: rest.dtype, math }),
  );
  return new ModelFile(model.name, model.notes, header, tensors, fileBytes);
}
