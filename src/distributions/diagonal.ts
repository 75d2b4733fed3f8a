/** Where the main diagonal of a row-major matrix passes a stretch of its elements. */
export interface Diagonal {
  /** Slot of the first diagonal element, counted from the stretch's first element; `none` if there is none. */
  readonly first: number;
  /** No diagonal element from this slot on. */
  readonly end: number;
  readonly step: number;
}

const NONE = 0xffffffff;

/**
 * @param element index in the matrix of slot 0; may be negative
 * @param slots length of the stretch, below 2^32
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
