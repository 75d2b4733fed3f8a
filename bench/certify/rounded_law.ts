import type { FloatDtype } from '../../src/core/dtype';
import type { ContinuousLaw } from '../../src/statistics/laws';
import { type Format, formatOf, REALS } from './format';
import { standardizedMoments } from './standardized_moments';

/**
 * The distribution of a tensor's elements: a law whose values are rounded to a dtype. Every
 * probability is that of the rounded values: exact, but for the fixed point before the rounding
 * (2^-28 stddev for normals, 2^-32 of the range for uniforms), which at 10^8 values moves less
 * than one count over any border.
 */
export interface RoundedLaw {
  readonly continuous: ContinuousLaw;
  readonly mean: number;
  readonly stddev: number;
  /** E[((X - mean) / stddev)^k] for k = 0 to 8. */
  readonly moments: readonly number[];
  /** The smallest and largest value that an element may have. */
  readonly min: number;
  readonly max: number;
  /** P(element < x) and P(element >= x) for any x. */
  below(x: number): number;
  above(x: number): number;
}

/** @param dtype 'real' for elements in double precision and for words, whose rounding is not seen */
export function roundedLaw(continuous: ContinuousLaw, dtype: FloatDtype | 'real'): RoundedLaw {
  const format = dtype === 'real' ? REALS : formatOf(dtype);
  const { min, max } = ends(continuous, format);
  const below = (x: number): number => {
    const value = format.up(x);
    return value <= min ? 0 : value > max ? 1 : continuous.below(format.boundary(value));
  };
  const above = (x: number): number => {
    const value = format.up(x);
    return value <= min ? 1 : value > max ? 0 : continuous.above(format.boundary(value));
  };
  const { mean, stddev, moments } =
    dtype === 'float16' || dtype === 'bfloat16'
      ? sums(format, min, max, below, above)
      : { ...continuous, moments: standardizedMoments(continuous) };
  return { continuous, mean, stddev, moments, min, max, below, above };
}

function ends(law: ContinuousLaw, format: Format): { min: number; max: number } {
  if (format === REALS) return { min: law.low, max: law.high };
  return { min: smallest(law, format), max: largest(law, format) };
}

/**
 * An open end is no value, and neither is what it is rounded
 * to: values that would be are the next ones inside.
 */
function smallest({ low, lowEnd }: ContinuousLaw, format: Format): number {
  if (lowEnd === 'infinite') return low;
  if (lowEnd === 'closed') return format.up(low);
  const end = Math.max(low, format.nearest(low));
  const first = format.up(end);
  return first === end ? format.after(first) : first;
}

function largest({ high, highEnd }: ContinuousLaw, format: Format): number {
  if (highEnd === 'infinite') return high;
  if (highEnd === 'open') return format.before(format.up(Math.min(high, format.nearest(high))));
  const above = format.up(high);
  return above === high ? high : format.before(above);
}

/** Moments of the rounded values themselves: of a half's coarse ones 10^8 can tell them from the law's. */
function sums(
  format: Format,
  min: number,
  max: number,
  below: (x: number) => number,
  above: (x: number) => number,
): Pick<RoundedLaw, 'mean' | 'stddev' | 'moments'> {
  const values: { value: number; mass: number }[] = [];
  for (let value = format.up(min); value <= max; value = format.after(value)) {
    const next = format.after(value);
    // In the upper half the difference of upper tails keeps its digits.
    const mass = below(value) < 0.5 ? below(next) - below(value) : above(value) - above(next);
    values.push({ value, mass });
  }
  const expected = (f: (value: number) => number): number =>
    values.reduce((sum, { value, mass }) => sum + f(value) * mass, 0);
  const mean = expected((value) => value);
  const stddev = Math.sqrt(expected((value) => (value - mean) ** 2));
  return {
    mean,
    stddev,
    moments: Array.from({ length: 9 }, (_, k) => expected((value) => ((value - mean) / stddev) ** k)),
  };
}
