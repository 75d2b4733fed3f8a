import { ArgumentError } from '../../../core/errors';
import type { Members, Slots } from '../../../distributions/members';
import type { TorchCudaKey } from './key';
import { type Grid, gridOf } from './words';

/** What the kernels of all draws need. */
export interface CudaValues {
  readonly grid: Grid;
}

/** Beyond so many elements torch draws a tensor in parts. */
const MOST_ELEMENTS = 2 ** 31;

/**
 * The grid of a tensor on a card that runs `most` blocks at once.
 * @throws ArgumentError where torch would draw it in parts
 */
export function gridIn(total: number, most: number): Grid {
  if (total < MOST_ELEMENTS) return gridOf(total, most);
  throw new ArgumentError(
    `a tensor of the streams torch-cuda must have less than 2^31 elements, got ${total}`,
  );
}

/** The members of `Params` that follow the dispatch in all kernels. */
export function cudaMembers({ grid }: CudaValues, { key }: Slots): Members {
  const block = (key as TorchCudaKey).offset / 4n;
  return [
    ['threads', grid.threads],
    ['offset_lo', Number(block & 0xffffffffn)],
    ['offset_hi', Number(block >> 32n)],
  ];
}
