import { columnsOfAxis, sinusoidalElements, type SinusoidalTable } from '../arithmetic/sinusoidal';
import { finiteNumber, integerIn, oneOf, readArray, trueOrFalse } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import { COPIED, type CopiedParameters } from './copied';
import type { Distribution } from './distribution';
import { SAMPLING_NUMBERS } from './sampling';

/**
 * The draw of a table of sines and cosines of positions, [positions, width].
 *
 * @example
 * ```ts
 * import type { initializers } from 'tensorseed';
 * import { sinusoidal } from 'tensorseed/distributions';
 *
 * const draw = sinusoidal({ grid: [14, 14], zeroRows: 1 }).resolve([1, 197, 768]) as initializers.SinusoidalDraw;
 * console.log(draw.positions, draw.width, draw.maxPeriod); // 197 768 10000
 * ```
 */
export interface SinusoidalDraw extends SinusoidalTable {
  /** The kind of the draw. */
  readonly kind: 'sinusoidal';
  /** The rows of the table, with those of zeros: at most 2^20. */
  readonly positions: number;
  /** The columns of the table, in [1, 2^16]. With a grid it is a multiple of 4. */
  readonly width: number;
  /** Whether all sines come before all cosines, or each before its cosine: of an axis, where there is a grid. */
  readonly layout: 'halves' | 'interleaved';
  /** Whether the last frequency is 1 / maxPeriod itself. */
  readonly endpoint: boolean;
  /** 2 pi of it is the longest period, a number in [1, 1e300]. */
  readonly maxPeriod: number;
  /** The height and the width of the grid of positions, or null where they are in a line. */
  readonly grid: readonly [height: number, width: number] | null;
  /** Whether the first half of a row is made of the column in the grid, and not of the row. */
  readonly columnsFirst: boolean;
  /** What the positions of each axis are scaled to, or null where they are integers. */
  readonly extent: number | null;
  /** How many rows of zeros come before the first position. */
  readonly zeroRows: number;
}

/** How such a table is drawn. */
export const sinusoidal: Distribution<SinusoidalDraw, CopiedParameters> = {
  ...COPIED,
  numbers: SAMPLING_NUMBERS.sinusoidal,
  check(members, total) {
    const draw = sinusoidalDraw(members as Parameters<typeof sinusoidalDraw>[0]);
    if (draw.positions * draw.width === total) return draw;
    throw new ArgumentError(
      `a ${draw.positions} x ${draw.width} table must fit a tensor of ${total} elements`,
    );
  },
  random: false,
  fillsMatrix: true,
  parameters: (draw) => ({ kernel: 'copy', random: false, elements: sinusoidalElements(draw) }),
};

export const LAYOUTS = ['halves', 'interleaved'] as const;

/** Positions up to here have sines and cosines with all their digits in float32. */
const MOST_POSITIONS = 2 ** 20;

/** @throws ArgumentError unless `value` is null, or a height and a width */
export function checkGrid(name: string, value: unknown): SinusoidalDraw['grid'] {
  if (value === null) return null;
  const what = 'null or an array of a height and a width';
  const sizes = readArray(name, value, what, (size, at) => integerIn(at, size, 1, MOST_POSITIONS));
  if (sizes.length !== 2) throw new ArgumentError(`${name} must be ${what}, got ${show(sizes)}`);
  return Object.freeze(sizes as [number, number]);
}

/** @throws ArgumentError unless `value` is a number in [1, 1e300] */
export function checkMaxPeriod(name: string, value: unknown): number {
  if (finiteNumber(name, value) >= 1 && (value as number) <= 1e300) return value as number;
  throw new ArgumentError(`${name} must be a number in [1, 1e300], got ${show(value)}`);
}

/** @throws ArgumentError unless `value` is null, or a number in (0, 2^20] */
export function checkExtent(name: string, value: unknown): number | null {
  if (value === null) return null;
  if (typeof value === 'number' && value > 0 && value <= MOST_POSITIONS) return value;
  throw new ArgumentError(`${name} must be null or a number in (0, ${MOST_POSITIONS}], got ${show(value)}`);
}

/** @throws ArgumentError unless `value` is an integer in [0, 2^20] */
export function checkZeroRows(name: string, value: unknown): number {
  return integerIn(name, value, 0, MOST_POSITIONS);
}

/**
 * The draw of a table from members that may be anything.
 * @throws ArgumentError for the first that cannot be right
 */
export function sinusoidalDraw(given: Readonly<Record<keyof SinusoidalTable, unknown>>): SinusoidalDraw {
  const draw: SinusoidalDraw = {
    kind: 'sinusoidal',
    positions: integerIn('positions', given.positions, 0, MOST_POSITIONS),
    width: integerIn('width', given.width, 1, 2 ** 16),
    layout: oneOf('layout', given.layout, LAYOUTS),
    endpoint: trueOrFalse('endpoint', given.endpoint),
    maxPeriod: checkMaxPeriod('maxPeriod', given.maxPeriod),
    grid: checkGrid('grid', given.grid),
    columnsFirst: trueOrFalse('columnsFirst', given.columnsFirst),
    extent: checkExtent('extent', given.extent),
    zeroRows: checkZeroRows('zeroRows', given.zeroRows),
  };
  const { positions, width, grid, endpoint, zeroRows } = draw;
  if (grid !== null && grid[0] * grid[1] + zeroRows !== positions) {
    throw new ArgumentError(
      `grid ${show(grid)} with zeroRows ${zeroRows} must make ${positions} positions, got ${grid[0] * grid[1] + zeroRows}`,
    );
  }
  if (zeroRows > positions)
    throw new ArgumentError(`zeroRows must be at most the ${positions} positions, got ${zeroRows}`);
  if (grid !== null && width % 4 !== 0)
    throw new ArgumentError(`width must be a multiple of 4 with a grid, got ${width}`);
  const columns = columnsOfAxis(draw);
  if (endpoint && (columns % 2 !== 0 || columns < 4)) {
    throw new ArgumentError(
      `width must be a multiple of ${grid === null ? '2, and at least 4,' : '4, and at least 8,'} with endpoint, got ${width}`,
    );
  }
  return draw;
}
