import type { MathMode } from '../distributions/draw';
import type { Dtype } from '../core/dtype';
import { show, within } from '../core/errors';
import { resolveJob } from '../jobs/job';
import type { Seed } from '../streams/key';
import type { ChunkAllOptions, Sampler } from '../sampler/sampler';
import { elementCount } from '../core/shape';
import type { ModelDescription, TensorDescription } from './description';
import { type Stretch, stretches } from './parts';

/** A tensor of a model, checked. */
export interface ResolvedTensor extends TensorDescription {
  readonly dtype: Dtype;
  /** Elements. */
  readonly count: number;
  /** What fills it, in row-major order: one, or one for each of its parts. */
  readonly stretches: readonly Stretch[];
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
    return within(`tensor ${show(name)}`, () => {
      const found = stretches(shape, initializer);
      const jobs = found.map(({ initializer: one, range }) =>
        resolveJob(one, shape, { seed, name, dtype, math, range }),
      );
      return { ...tensor, dtype: jobs[0].dtype, count: elementCount(shape), stretches: found };
    });
  });
}

/** The bytes of tensors, one after the other, in bounded memory; each from the stream of the seed and its name. */
export async function* chunksOfTensors<T extends ResolvedTensor>(
  sampler: Sampler,
  tensors: readonly T[],
  options: ChunkAllOptions,
): AsyncGenerator<TensorChunk<T>> {
  const requests = tensors.flatMap((tensor) =>
    tensor.stretches.map(({ initializer, range }) => {
      const { name, shape, dtype } = tensor;
      return { tensor, request: { initializer, shape, name, dtype, range } };
    }),
  );
  for await (const { index, start, bytes } of sampler.chunksOfAll(
    requests.map(({ request }) => request),
    options,
  )) {
    yield { tensor: requests[index].tensor, start, bytes };
  }
}
