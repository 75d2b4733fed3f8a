import { oneOf } from '../core/check';
import type { Dtype } from '../core/dtype';
import { ArgumentError, show, within } from '../core/errors';
import type { Filling } from '../initializers';
import { configuredSeed } from '../initializers/configured_seed';
import { isParts } from '../initializers/resolve';
import { anyInitializer } from '../initializers/all';
import {
  isRandom,
  type Job,
  keyIn,
  type MathMode,
  resolveRequest,
  type Seed,
  type Stream,
  type StreamKey,
} from '../sampler';
import { type ModelDescription, streamNameOf, type TensorDescription } from './description';
import { namedInitializer } from './named_initializer';

/**
 * A tensor of a model, checked, with what a sampler needs to fill it.
 *
 * @example
 * ```ts
 * import { modelFile, type ResolvedTensor } from 'tensorseed/models';
 *
 * const [tensor]: readonly ResolvedTensor[] = modelFile('gpt2', { seed: 42 }).tensors;
 * console.log(tensor.name, tensor.count, tensor.dtype); // h.0.attn.c_attn.bias 2304 float32
 * ```
 */
export interface ResolvedTensor extends TensorDescription {
  /** The type of its elements. */
  readonly dtype: Dtype;
  /** The number of its elements. */
  readonly count: number;
  /** What a sampler computes: what fills its elements, and the key of its stream. */
  readonly job: Job;
}

/** What gives the seeds of a model's tensors. */
export interface SeedOptions {
  /**
   * The seed of all values: an integer in [0, 2^64), or a key. Required, but where the seeds of a model whose
   * initializers all have one are heeded: by `stream`, or by `seeds`.
   */
  readonly seed?: Seed | StreamKey;
  /** What makes values of the seed. Default: that of the seed where it is a key, and else tensorseed's own. */
  readonly stream?: Stream;
  /**
   * With 'configured' the integer seed in an initializer's configuration takes the place of the model's: the stream
   * of that tensor is `Key.from(its seed).fold(name)`. Default: such seeds have no effect, but in a stream of
   * Keras's, which draws from them alone.
   */
  readonly seeds?: 'configured';
}

export interface ResolveOptions extends SeedOptions {
  /** The type of tensors that have none of their own. */
  readonly dtype?: Dtype;
  readonly math?: MathMode;
}

/**
 * Some of a tensor's bytes.
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { modelFile, type TensorChunk } from 'tensorseed/models';
 *
 * const values = ({ bytes }: Pick<TensorChunk, 'bytes'>) => new Float32Array(bytes.slice().buffer);
 * const tensors = [{ name: 'w', shape: [3, 4], initializer: 'glorot_uniform' }];
 * const sampler = await Sampler.create();
 * for await (const chunk of modelFile({ tensors }, { seed: 42 }).chunks(sampler)) {
 *   console.log(chunk.tensor.name, values(chunk).length); // w 12
 * }
 * sampler.destroy();
 * ```
 */
export interface TensorChunk<T = ResolvedTensor> {
  /** The tensor that the bytes belong to. */
  readonly tensor: T;
  /** The element that the bytes begin with, counted row-major. */
  readonly start: number;
  /** Whole elements, little endian; valid until the next chunk is asked for. */
  readonly bytes: Uint8Array;
}

/**
 * Every tensor is resolved before the first is computed, so that a wrong one costs nothing. In a stream that heeds
 * seeds, a tensor whose initializer has one takes it instead of the model's seed and its name. With `seeds` it takes it
 * instead of the model's seed.
 * @throws ArgumentError naming the tensor that cannot be filled so
 */
export function resolveTensors(
  model: ModelDescription,
  { seed: given, stream, seeds, dtype: general, math }: ResolveOptions,
): ResolvedTensor[] {
  // In a stream with state the tensors follow one another from one generator.
  const isInteger = typeof given === 'number' || typeof given === 'bigint';
  const seed = isInteger ? (stream?.manualSeed?.(given) ?? given) : given;
  return model.tensors.map((tensor) => {
    const { name, shape, dtype = general } = tensor;
    const label = `tensor ${show(name)}`;
    return within(label, () => {
      const initializer =
        typeof tensor.initializer === 'string' ? namedInitializer(tensor.initializer) : tensor.initializer;
      const ofKeras = stream?.heedsSeeds ?? false;
      const own = ofKeras || seeds !== undefined ? ownSeed(initializer, !ofKeras) : undefined;
      // Keras draws from the seed alone, so that tensors of the same seed are alike.
      const named =
        own !== undefined && ofKeras ? { seed: own } : { seed: own ?? seed ?? 0, name: streamNameOf(tensor) };
      const request = { initializer, shape, dtype, math, ...(stream !== undefined && { stream }) };
      const job = resolveRequest({ ...request, ...named }, label);
      if (own === undefined && seed === undefined && isRandom(job))
        throw new ArgumentError(
          'seed is missing: its initializer has none of its own, so give the model one',
        );
      return { ...tensor, dtype: job.dtype, count: job.range.count, job: { ...job, name } };
    });
  });
}

/**
 * Checks what gives the seeds.
 * @throws ArgumentError where a seed is missing or cannot be right, and where the stream heeds no configured seeds
 */
export function checkSeeds({ seed, seeds }: SeedOptions, stream: Stream | undefined): void {
  if (seeds !== undefined) {
    oneOf('seeds', seeds, ['configured']);
    if (stream !== undefined && !stream.heedsSeeds)
      throw new ArgumentError(
        `seeds: 'configured' is for tensorseed's own stream and those of Keras, got the stream ${show(stream.name)}`,
      );
  }
  if (seed !== undefined) keyIn(stream, seed, undefined);
  else if (seeds === undefined && !stream?.heedsSeeds)
    throw new ArgumentError('seed is missing: give an integer in [0, 2^64)');
}

/**
 * The integer seed of a tensor's initializer; undefined where it has none.
 * @param ofParts whether that of a tensor of several parts counts, which come from one configuration
 */
function ownSeed(initializer: Filling, ofParts: boolean): bigint | undefined {
  if (isParts(initializer)) {
    if (!ofParts) return undefined;
    return Array.from(initializer, (part) => ownSeed(part.initializer, true)).find(
      (one) => one !== undefined,
    );
  }
  const seed = configuredSeed(anyInitializer(initializer));
  return typeof seed === 'number' || typeof seed === 'string' ? BigInt(seed) : undefined;
}
