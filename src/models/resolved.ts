import type { Dtype } from '../core/dtype';
import { show, within } from '../core/errors';
import { type Job, resolveRequest, type MathMode, type Sampler, type Seed } from '../sampler';
import type { Chunking } from '../sampler/options';
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
  readonly seed: Seed;
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
export interface TensorChunk<T extends ResolvedTensor = ResolvedTensor> {
  /** The tensor that the bytes belong to. */
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
    const { name, shape, dtype = general } = tensor;
    const label = `tensor ${show(name)}`;
    return within(label, () => {
      const initializer =
        typeof tensor.initializer === 'string' ? namedInitializer(tensor.initializer) : tensor.initializer;
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
