/**
 * The sample moments and extremes of many values. Mean,
 * squares, min and max are those of the finite values.
 */
export interface Moments {
  /** All values, the finite ones, and those that are not. */
  readonly count: number;
  readonly finite: number;
  readonly nan: number;
  readonly infinite: number;
  readonly mean: number;
  /** The sum of the squared deviations from the mean. */
  readonly squares: number;
  readonly min: number;
  readonly max: number;
}

export const NO_VALUES: Moments = {
  count: 0,
  finite: 0,
  nan: 0,
  infinite: 0,
  mean: 0,
  squares: 0,
  min: Infinity,
  max: -Infinity,
};

/**
 * Two passes in float64 over values that lie in memory: the mean first, then the deviations
 * from it, so that a large mean costs no digits of the spread.
 */
export function moments(values: ArrayLike<number>): Moments {
  const { sum, min, max } = sumOf(values);
  // A sum is finite only where all values are.
  if (sum - sum !== 0) return momentsOfFinite(values);
  const count = values.length;
  const mean = count === 0 ? 0 : sum / count;
  return { ...NO_VALUES, count, finite: count, mean, squares: squaresAround(mean, values), min, max };
}

/** Four sums side by side, because each addition waits for the one before it. */
function sumOf(values: ArrayLike<number>): { sum: number; min: number; max: number } {
  const { length } = values;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let min = Infinity;
  let max = -Infinity;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    const v = values[i];
    const w = values[i + 1];
    const x = values[i + 2];
    const y = values[i + 3];
    a += v;
    b += w;
    c += x;
    d += y;
    if (v < min) min = v;
    if (v > max) max = v;
    if (w < min) min = w;
    if (w > max) max = w;
    if (x < min) min = x;
    if (x > max) max = x;
    if (y < min) min = y;
    if (y > max) max = y;
  }
  for (; i < length; i++) {
    a += values[i];
    min = Math.min(min, values[i]);
    max = Math.max(max, values[i]);
  }
  return { sum: a + b + (c + d), min, max };
}

function squaresAround(mean: number, values: ArrayLike<number>): number {
  const { length } = values;
  let a = 0;
  let b = 0;
  let i = 0;
  for (; i + 2 <= length; i += 2) {
    const v = values[i] - mean;
    const w = values[i + 1] - mean;
    a += v * v;
    b += w * w;
  }
  if (i < length) a += (values[i] - mean) ** 2;
  return a + b;
}

/** The moments of the values that are finite, where some are not, or their sum is not. */
function momentsOfFinite(values: ArrayLike<number>): Moments {
  let finite = 0;
  let nan = 0;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    // NaN and the infinities, and nothing else, do not cancel.
    if (value - value !== 0) {
      if (value !== value) nan++;
      continue;
    }
    finite++;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const mean = finite === 0 ? 0 : sum / finite;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const difference = values[i] - mean;
    if (difference - difference === 0) squares += difference * difference;
  }
  return {
    count: values.length,
    finite,
    nan,
    infinite: values.length - finite - nan,
    mean,
    squares,
    min,
    max,
  };
}

/**
 * The moments of both together (Chan, Golub and LeVeque, "Updating formulae and a pairwise
 * algorithm for computing sample variances", 1979).
 */
export function mergeMoments(a: Moments, b: Moments): Moments {
  const finite = a.finite + b.finite;
  const apart = b.mean - a.mean;
  const share = finite === 0 ? 0 : b.finite / finite;
  return {
    count: a.count + b.count,
    finite,
    nan: a.nan + b.nan,
    infinite: a.infinite + b.infinite,
    mean: a.mean + apart * share,
    squares: a.squares + b.squares + apart * apart * a.finite * share,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
  };
}

/** The standard deviation of the finite values, by division by their number; NaN where there are none. */
export function stddevOf(all: Moments): number {
  return Math.sqrt(all.squares / all.finite);
}
