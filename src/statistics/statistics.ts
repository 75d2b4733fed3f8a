/** What many values amount to. Mean, spread and extremes are those of the finite values. */
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
    const deviation = values[i] - mean;
    if (deviation - deviation === 0) squares += deviation * deviation;
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

/** The standard deviation of the finite values, divided by their number; NaN where there are none. */
export function deviation(all: Moments): number {
  return Math.sqrt(all.squares / all.finite);
}

/** Finite values counted into bins of equal width from `min` to `max`, which both count. */
export class Histogram {
  readonly counts: number[];

  constructor(
    readonly min: number,
    readonly max: number,
    bins: number,
  ) {
    this.counts = new Array<number>(min < max ? bins : 1).fill(0);
  }

  /** The bins' borders, one more than there are bins. */
  get edges(): number[] {
    const bins = this.counts.length;
    const at = (i: number): number =>
      i === bins ? this.max : this.min * (1 - i / bins) + this.max * (i / bins);
    return Array.from({ length: bins + 1 }, (_, i) => at(i));
  }

  add(values: ArrayLike<number>): void {
    const { min, counts } = this;
    const bins = counts.length;
    // Halves, since max - min may be beyond the largest number.
    const span = this.max / 2 - min / 2;
    const last = bins - 1;
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value - value !== 0) continue;
      const bin = span > 0 ? Math.floor(((value / 2 - min / 2) / span) * bins) : 0;
      counts[bin < last ? bin : last]++;
    }
  }
}
