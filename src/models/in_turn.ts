import type { Chunk } from '../sampler';
import { type CopiedTensor, isCopied } from './copied';
import type { ResolvedTensor, TensorChunk } from './resolved';

/**
 * The chunks of tensors in their order, of which some are filled and some copied.
 * @param chunksOf gives the chunks of the tensors that are filled, with the index of each among these
 * @param copy gives the chunks of a tensor that is copied
 */
export async function* inTurn<T extends ResolvedTensor | CopiedTensor>(
  tensors: readonly T[],
  chunksOf: (filled: readonly Exclude<T, CopiedTensor>[]) => AsyncIterable<Chunk>,
  copy: (tensor: Extract<T, CopiedTensor>) => AsyncIterable<TensorChunk<T>>,
): AsyncGenerator<TensorChunk<T>> {
  const places = [...tensors.keys()].filter((i) => !isCopied(tensors[i]));
  const filled = places.map((i) => tensors[i] as Exclude<T, CopiedTensor>);
  let next = 0;
  const copiesBefore = async function* (end: number): AsyncGenerator<TensorChunk<T>> {
    for (; next < end; next++) {
      const tensor = tensors[next];
      if (isCopied(tensor)) yield* copy(tensor);
    }
  };
  for await (const { index, start, bytes } of chunksOf(filled)) {
    yield* copiesBefore(places[index]);
    yield { tensor: tensors[places[index]], start, bytes };
  }
  yield* copiesBefore(tensors.length);
}
