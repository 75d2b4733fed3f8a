/** The twin of shaders/shared/permutation.wgsl. */
import { mulHi } from './mul';

/** The grid that a permutation of [0, size) moves in: row-major, with 2^columnBits columns. */
export interface Grid {
  readonly columnBits: number;
  /** Where the element size - 1 lies, which is in the last row. */
  readonly rowLast: number;
  readonly columnLast: number;
  /** The number of pairs of rounds. */
  readonly pairs: number;
}

/** The fewest pairs of rounds. A permutation of any size passes its tests with half as many. */
const FEWEST_PAIRS = 4;

/**
 * The grid of a size. Its columns are a power of two of about the root of the size, so that it has fewer than
 * size + sqrt(size) places.
 *
 * Two elements that meet in one column take the same turn through the rows, so two rounds leave about 1 / columns of
 * what was known of their order. There are so many rounds that 2^-32 of it is left, and 8 at the least.
 * @param size an integer in [1, 2^53]
 */
export function gridOf(size: number): Grid {
  const last = size - 1;
  let columnBits = 0;
  while (2 ** (2 * columnBits + 1) <= last) columnBits++;
  const columns = 2 ** columnBits;
  return {
    columnBits,
    rowLast: Math.floor(last / columns),
    columnLast: last % columns,
    pairs: Math.max(FEWEST_PAIRS, Math.ceil(32 / Math.max(columnBits, 1))),
  };
}

/** A keyed hash of a word, whose upper bits are the best. */
function hashed(x: number, p: number, q: number): number {
  const h = Math.imul(x ^ p, 0x7feb352d);
  return Math.imul(h ^ (h >>> 15) ^ q, 0x846ca68b);
}

/**
 * The place of element `index` in a permutation of [0, size): an unbalanced Feistel network on the grid, which is
 * walked until it ends inside of the size.
 * @param words the four words that the permutation is keyed by
 * @param index an integer in [0, size)
 */
export function permute(
  { columnBits, rowLast, columnLast, pairs }: Grid,
  words: ArrayLike<number>,
  index: number,
): number {
  const columns = 2 ** columnBits;
  const rows = rowLast + 1;
  let row = Math.floor(index / columns);
  let column = index % columns;
  do {
    let [p, q, r, s] = [words[0], words[1], words[2], words[3]];
    for (let pair = 0; pair < pairs; pair++) {
      const turn = hashed(row, p, q);
      column = (column + (turn ^ (turn >>> 16))) & (columns - 1);
      row += mulHi(hashed(column, r, s), rows);
      if (row >= rows) row -= rows;
      p = (p + 0x9e3779b9) | 0;
      q = (q + 0xbb67ae85) | 0;
      r = (r + 0x9e3779b9) | 0;
      s = (s + 0xbb67ae85) | 0;
    }
  } while (row === rowLast && column > columnLast);
  return row * columns + column;
}
