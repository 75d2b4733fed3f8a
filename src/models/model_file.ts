import { knownKeys, readArray } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import { planSafetensors } from '../formats/safetensors';
import { type MathMode, Sampler } from '../sampler';
import { chunkBytesOf } from '../sampler/options';
import { streamOf } from '../streams/definition';
import { type CopiedTensor, isCopied } from './copied';
import { checkPlaces, checkReadable, copiedChunks, type ReadBytes } from './copied_chunks';
import { inTurn } from './in_turn';
import {
  checkSeeds,
  type ResolvedTensor,
  resolveTensors,
  type SeedOptions,
  type TensorChunk,
} from './resolved';
import { MODEL_KEYS, type ModelOptions, type ModelSource } from './options';
import { describeModel, notesIn } from './source';

/**
 * How modelFile fills a model.
 *
 * @example
 * ```ts
 * import { modelFile, type ModelFileOptions } from 'tensorseed/models';
 *
 * const options: ModelFileOptions = { seed: 42, dtype: 'bfloat16' };
 * console.log(modelFile('gpt2', options).tensors[0].dtype); // bfloat16
 * ```
 */
export interface ModelFileOptions extends ModelOptions, SeedOptions {
  /** How normals are computed. Default 'exact', which gives the same bits on every device. */
  readonly math?: MathMode;
}

/**
 * A tensor of a file: what fills it, and where its bytes are.
 *
 * @example
 * ```ts
 * import { modelFile, type ModelFileTensor } from 'tensorseed/models';
 *
 * const file = modelFile('gpt2', { seed: 42 });
 * const first: ModelFileTensor = file.tensors[0];
 * console.log(first.begin === file.header.length, first.end - first.begin === 4 * first.count); // true true
 * ```
 */
export interface ModelFileTensor extends ResolvedTensor {
  /** Its first byte in the file. */
  readonly begin: number;
  /** The byte of the file behind its last one. */
  readonly end: number;
}

/**
 * A tensor of a file that is copied from a checkpoint, and where its bytes are in the file that is made.
 *
 * @example
 * ```ts
 * import { type CopiedFileTensor, modelFile } from 'tensorseed/models';
 *
 * const source = modelFile('gpt2', { seed: 1 }); // stands for a checkpoint
 * const rules = [{ pattern: 'wpe.weight', copy: true }, 'gpt2'];
 * const { copies } = modelFile(source.header, { rules, seed: 42 });
 * const [positions]: readonly CopiedFileTensor[] = copies;
 * console.log(positions.name, positions.end - positions.begin === 4 * positions.count); // wpe.weight true
 * ```
 */
export interface CopiedFileTensor extends CopiedTensor {
  /** Its first byte in the file that is made. */
  readonly begin: number;
  /** The byte of that file behind its last one. */
  readonly end: number;
}

/**
 * Any tensor of a file, filled or copied.
 *
 * @example
 * ```ts
 * import { type FileTensor, modelFile } from 'tensorseed/models';
 *
 * const { tensors, copies } = modelFile('gpt2', { seed: 42 });
 * const all: readonly FileTensor[] = [...tensors, ...copies];
 * console.log(all.length); // 148
 * ```
 */
export type FileTensor = ModelFileTensor | CopiedFileTensor;

/**
 * Which tensors of a file to compute, and in which chunks.
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { type ModelChunkOptions, modelFile } from 'tensorseed/models';
 *
 * const tensors = [{ name: 'w', shape: [3, 4], initializer: 'glorot_uniform' }];
 * const options: ModelChunkOptions = { chunkBytes: 16 };
 * const sampler = await Sampler.create();
 * const starts: number[] = [];
 * const file = modelFile({ tensors }, { seed: 42 });
 * for await (const { start } of file.chunks(sampler, options)) starts.push(start);
 * console.log(starts.join()); // 0,4,8
 * sampler.destroy();
 * ```
 */
export interface ModelChunkOptions<T extends FileTensor = FileTensor> {
  /**
   * The tensors of the file to compute or copy, one after the other. Default: all, in the order of the file.
   */
  readonly tensors?: readonly T[];
  /** The most bytes of a chunk. Default 16 MiB. */
  readonly chunkBytes?: number;
  /**
   * Reads the bytes of tensors that are copied. Required where there are some, unless the source was the bytes of
   * the whole file.
   */
  readonly read?: ReadBytes;
  /** Ends the work early: reading then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * A model as a safetensors file, which is computed chunk by chunk and need not be in memory as a whole.
 * `modelFile` makes it.
 *
 * @example
 * ```ts
 * import { ModelFile, modelFile } from 'tensorseed/models';
 *
 * const tensors = [{ name: 'w', shape: [3, 4], initializer: 'glorot_uniform' }];
 * const file: ModelFile = modelFile({ tensors }, { seed: 42 });
 * console.log(file instanceof ModelFile, file.byteLength - file.header.length); // true 48
 * ```
 */
export class ModelFile {
  /**
   * `modelFile` makes it.
   * @hidden
   */
  constructor(
    /** The model's name, such as a preset's; undefined where its source has none. */
    readonly name: string | undefined,
    /** What its user should know, a sentence each, such as which tensors were left out. */
    readonly notes: readonly string[],
    /** The first bytes of the file, up to the first tensor. */
    readonly header: Uint8Array<ArrayBuffer>,
    /**
     * The tensors that are filled, in the order of their bytes. These and those of `copies` follow the header and
     * one another without a gap.
     */
    readonly tensors: readonly ModelFileTensor[],
    /** The length of the whole file, in bytes. */
    readonly byteLength: number,
    /** The tensors that keep the values of a checkpoint, in the order of their bytes. */
    readonly copies: readonly CopiedFileTensor[] = [],
  ) {}

  /** All tensors in the order of their bytes. */
  get #all(): readonly FileTensor[] {
    return [...this.tensors, ...this.copies].sort((a, b) => a.begin - b.begin || a.end - b.end);
  }

  /**
   * Computes what comes after the header, chunk after chunk, in bounded memory. The header and the chunks in
   * this order are the file. The bytes of a chunk are valid until the next one is asked for.
   * @throws ArgumentError (as a rejection) for options that cannot be right, before the first chunk, and where `read`
   *   gives something else than the bytes that were asked for
   * @throws DeviceError (as a rejection) where memory is exhausted or the device was lost
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { modelFile } from 'tensorseed/models';
   *
   * const tensors = [{ name: 'w', shape: [3, 4], initializer: 'glorot_uniform' }];
   * const file = modelFile({ tensors }, { seed: 42 });
   * const sampler = await Sampler.create();
   * for await (const { tensor, start, bytes } of file.chunks(sampler)) {
   *   console.log(tensor.name, start, bytes.length); // w 0 48
   * }
   * sampler.destroy();
   * ```
   */
  async *chunks<T extends FileTensor = FileTensor>(
    sampler: Sampler,
    options: ModelChunkOptions<T> = {},
  ): AsyncGenerator<TensorChunk<T>> {
    if (!(sampler instanceof Sampler))
      throw new ArgumentError(`sampler must be a Sampler, got ${show(sampler)}`);
    const all = this.#all;
    const { tensors, read, ...others } = knownKeys('options', options, [
      'tensors',
      'chunkBytes',
      'read',
      'signal',
    ]) as ModelChunkOptions<T>;
    const own = new Set(all);
    const wanted = readArray('tensors', tensors ?? all, 'an array of tensors of this file', (tensor) => {
      if (!own.has(tensor as T)) throw new ArgumentError(`tensors must be of this file, got ${show(tensor)}`);
      return tensor as T;
    });
    checkReadable(
      wanted.filter((tensor) => isCopied<FileTensor>(tensor)),
      read,
    );
    const copying = { read, chunkBytes: chunkBytesOf(others), signal: others.signal };
    yield* inTurn(
      wanted,
      (filled) =>
        sampler.chunksOfJobs(
          filled.map(({ job }) => job),
          others,
        ),
      (copied) => copiedChunks(copied, copying),
    );
  }
}

/**
 * Lays a model out as a safetensors file. It has the same bytes as the file that `tensorseed init` writes:
 * each tensor is drawn from the stream `Key.from(seed).fold(name)`. Nothing is computed before `chunks` is
 * read.
 *
 * @param source what describeModel takes
 * @throws ArgumentError, one line that names the tensor, where source or options cannot be right, or a tensor is to be
 *   copied and the source does not say where its bytes are
 * @see https://github.com/huggingface/safetensors#format
 * @example
 * ```ts
 * import { appendFile, writeFile } from 'node:fs/promises';
 * import { Sampler } from 'tensorseed';
 * import { layers, modelFile, Sequential } from 'tensorseed/models';
 *
 * const model = new Sequential([layers.dense({ units: 10, inputShape: [784] })]);
 * const file = modelFile(model, { seed: 42, dtype: 'bfloat16' });
 * const sampler = await Sampler.create();
 * await writeFile('model.safetensors', file.header);
 * for await (const { bytes } of file.chunks(sampler)) await appendFile('model.safetensors', bytes);
 * console.log(file.byteLength); // 15884
 * sampler.destroy();
 * ```
 */
export function modelFile(source: ModelSource, options: ModelFileOptions): ModelFile {
  const {
    seed,
    seeds,
    math,
    stream: asked,
    ...rest
  } = knownKeys('options', options, [
    ...MODEL_KEYS,
    'seed',
    'seeds',
    'stream',
    'math',
  ]) as unknown as ModelFileOptions;
  const stream = streamOf(asked, seed);
  checkSeeds({ seed, seeds }, stream);
  const model = describeModel(source, rest);
  checkPlaces(model.copies);
  const filled = resolveTensors(model, {
    seed,
    seeds,
    ...(stream !== undefined && { stream }),
    dtype: rest.dtype,
    math,
  });
  const plan = planSafetensors<ResolvedTensor | CopiedTensor>([...filled, ...model.copies]);
  const all = plan.tensors as readonly FileTensor[];
  const tensors = all.filter((tensor) => !isCopied(tensor)) as ModelFileTensor[];
  const copies = all.filter((tensor) => isCopied(tensor));
  return new ModelFile(
    model.name,
    notesIn(stream, model, seeds),
    plan.header,
    tensors,
    plan.fileBytes,
    copies,
  );
}
