import type { Dtype } from '../core/dtype';
import { ArgumentError, show, within } from '../core/errors';
import type { Filling } from '../initializers';
import { configuredSeed } from '../initializers/configured_seed';
import { isParts } from '../initializers/resolve';
import { anyInitializer } from '../initializers/all';
import {
  isRandom,
  type Job,
  type MathMode,
  resolveRequest,
  type Seed,
  type Stream,
  type StreamKey,
} from '../sampler';
import type { ModelDescription, TensorDescription } from './description';
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

export interface ResolveOptions {
  readonly seed: Seed | StreamKey | undefined;
  readonly stream?: Stream;
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
 * const values = (chunk: TensorChunk) => new Float32Array(chunk.bytes.slice().buffer);
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
 * seeds, a tensor whose initializer has one takes it instead of the model's seed and its name.
 * @throws ArgumentError naming the tensor that cannot be filled so
 */
export function resolveTensors(
  model: ModelDescription,
  { seed: given, stream, dtype: general, math }: ResolveOptions,
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
      const own = stream?.heedsSeeds ? ownSeed(initializer) : undefined;
      const named = own === undefined ? { seed: seed ?? 0, name } : { seed: own };
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

/** The integer seed of a tensor's initializer; undefined where it has none, or several parts. */
function ownSeed(initializer: Filling): bigint | undefined {
  if (isParts(initializer)) return undefined;
  const seed = configuredSeed(anyInitializer(initializer));
  return typeof seed === 'number' || typeof seed === 'string' ? BigInt(seed) : undefined;
}
