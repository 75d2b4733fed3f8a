/**
 * Diagonals in a row-major tensor: elements offset + r period + i step, for every r < repeats and i < count. The
 * repeats follow one another: (count - 1) step < period.
 */
export interface Diagonals {
  readonly offset: number;
  readonly count: number;
  readonly step: number;
  readonly repeats: number;
  readonly period: number;
}

/** Where diagonals cross a stretch of elements. */
export interface Slotted {
  /**
   * The slot where a repeat begins, counted from the first element of the stretch. It may lie before it.
   */
  readonly first: number;
  /** From this slot on there is no diagonal element. */
  readonly end: number;
  /** The distance between diagonal elements of a repeat, in slots. */
  readonly step: number;
  /** The distance between repeats, in slots. */
  readonly period: number;
  /** The slots from the first element of a repeat to its last one, both included. */
  readonly length: number;
}

const NONE = 0xffffffff;

/** Several repeats begin less than this many elements apart. */
export const MOST_PERIOD = 2 ** 31;

/**
 * Finds the diagonal elements of a stretch.
 * @param element the index of slot 0 in the tensor, which may be negative
 * @param slots the length of the stretch, below 2^31
 */
export function diagonalsWithin(diagonals: Diagonals, element: number, slots: number): Slotted {
  const { offset } = diagonals;
  // Single elements, as many as there are repeats, are one repeat.
  const single = diagonals.count === 1 && diagonals.repeats > 1;
  const repeats = single ? 1 : diagonals.repeats;
  const [count, step] = single ? [diagonals.repeats, diagonals.period] : [diagonals.count, diagonals.step];
  // The steps of a single repeat may be longer than 32 bits hold, but then there is at most one element in the stretch.
  const [stride, strides] = repeats === 1 ? [step, count] : [diagonals.period, repeats];
  const rounded = (element - offset) / stride;
  const index = Math.max(repeats === 1 ? Math.ceil(rounded) : Math.floor(rounded), 0);
  const first = offset + index * stride - element;
  const last = offset + (repeats - 1) * diagonals.period + (count - 1) * step - element;
  const end = Math.min(last + 1, slots);
  if (index >= strides || count === 0 || end <= Math.max(first, 0))
    return { first: 0, end: 0, step: 1, period: 1, length: 1 };
  return repeats === 1
    ? { first, end, step: Math.min(step, NONE), period: NONE, length: NONE }
    : { first, end, step, period: stride, length: (count - 1) * step + 1 };
}
