import { type Distribution, FLOATS } from './distribution';
import { blockFrom } from './key_words';

/**
 * The parameters of draws whose elements no shader computes to the last bit: the host computes them, and the kernel
 * copies them.
 */
export interface CopiedParameters {
  readonly kernel: 'copy';
  /** Whether the elements follow from the words of the stream. */
  readonly random: boolean;
  /**
   * Writes the elements from `start` on to `out`, as float32 bits.
   * @param out where the draw is random, it has the word of the stream for each element before
   */
  elements(start: number, out: Uint32Array<ArrayBuffer>): void;
}

/** What the distributions of such draws have in common. */
export const COPIED = {
  dtypes: FLOATS,
  kernels: { copy: (_, { from, key }) => [['from_block', blockFrom(key.origin, from / 4)[0]]] },
} satisfies Pick<Distribution<any, CopiedParameters>, 'dtypes' | 'kernels'>;
