import type { Dtype } from '../core/dtype';
import { show, within } from '../core/errors';
import { type Job, resolveRequest, type MathMode, type Sampler, type Seed } from '../sampler';
import type { Chunking } from '../sampler/options';
import type { ModelDescription, TensorDescription } from './description';

/** A tensor of a model, checked. */
export interface ResolvedTensor extends TensorDescription {
  readonly dtype: Dtype;
  /** Elements. */
  readonly count: number;
  /** What a sampler computes: what fills its elements, and the key of its stream. */
  readonly job: Job;
}

export interface ResolveOptions {
  readonly seed: Seed;
  /** The type of tensors that have none of their own. */
  readonly dtype?: Dtype;
  readonly math?: MathMode;
}

/** Some of a tensor's bytes. */
export interface TensorChunk<T extends ResolvedTensor = ResolvedTensor> {
  readonly tensor: T;
  /** The element that the bytes begin with, counted row-major. */
  readonly start: number;
  /** Whole elements, little endian; valid until the next chunk is asked for. */
  readonly bytes: Uint8Array;
}

/**
 * Every tensor is resolved before the first is computed, so that a wrong one costs nothing.
 * @throws ArgumentError naming the tensor that cannot be filled so
 */
export function resolveTensors(
  model: ModelDescription,
  { seed, dtype: general, math }: ResolveOptions,
): ResolvedTensor[] {
  return model.tensors.map((tensor) => {
    const { name, shape, initializer, dtype = general } = tensor;
    const label = `tensor ${show(name)}`;
    return within(label, () => {
      const job = resolveRequest({ initializer, shape, seed, name, dtype, math }, label);
      return { ...tensor, dtype: job.dtype, count: job.range.count, job };
    });
  });
}

/** The bytes of tensors, one after the other, in bounded memory. */
export async function* chunksOfTensors<T extends ResolvedTensor>(
  sampler: Sampler,
  tensors: readonly T[],
  options: Chunking,
): AsyncGenerator<TensorChunk<T>> {
  const jobs = tensors.map(({ job }) => job);
  for await (const { index, start, bytes } of sampler.chunksOfJobs(jobs, options)) {
    yield { tensor: tensors[index], start, bytes };
  }
}
