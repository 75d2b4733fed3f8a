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
