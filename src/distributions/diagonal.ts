/** Where the main diagonal of a row-major matrix crosses a stretch of its elements. */
export interface Diagonal {
  /**
   * The slot of the first diagonal element, counted from the first element of the stretch; NONE without one.
   */
  readonly first: number;
  /** From this slot on there is no diagonal element. */
  readonly end: number;
  /** The distance between diagonal elements, in slots. */
  readonly step: number;
}

const NONE = 0xffffffff;

/**
 * Finds the diagonal elements of a stretch.
 * @param element the index of slot 0 in the matrix, which may be negative
 * @param slots the length of the stretch, below 2^32
 */
export function diagonalWithin(rows: number, columns: number, element: number, slots: number): Diagonal {
  const step = columns + 1;
  const length = Math.min(rows, columns);
  const index = Math.ceil(Math.max(element, 0) / step);
  const first = index * step - element;
  if (index >= length || first >= slots) return { first: NONE, end: 0, step: 1 };
  const end = Math.min((length - 1) * step + 1 - element, slots);
  return { first, end, step: Math.min(step, NONE) };
}
