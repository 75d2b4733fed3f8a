/** The probability law of a draw's elements, before they are rounded to a dtype. */
export type Law = DiscreteLaw | DensityLaw | ContinuousLaw;

interface Located {
  readonly mean: number;
  readonly stddev: number;
}

/** A law of finitely many values. */
export interface DiscreteLaw extends Located {
  readonly kind: 'discrete';
  readonly values: readonly { readonly value: number; readonly probability: number }[];
}

/** A law of which the density is known. */
export interface DensityLaw extends Located {
  readonly kind: 'density';
  /** The ends of the support; for an infinite end, a point beyond which less than one value in 10^15 lies. */
  readonly low: number;
  readonly high: number;
  density(x: number): number;
}

/** Whether the end of a support is a value, is none itself, or lies at infinity. */
export type End = 'closed' | 'open' | 'infinite';

/** A law of which the distribution function is known as well. */
export interface ContinuousLaw extends DensityLaw {
  readonly lowEnd: End;
  readonly highEnd: End;
  /** P(X < x) and P(X >= x), each to nearly all its digits where it is small. */
  below(x: number): number;
  above(x: number): number;
}

/** The law of a draw that has a few values only. */
export function discreteLaw(values: DiscreteLaw['values']): DiscreteLaw {
  const mean = values.reduce((sum, { value, probability }) => sum + probability * value, 0);
  const variance = values.reduce((sum, { value, probability }) => sum + probability * (value - mean) ** 2, 0);
  return { kind: 'discrete', values, mean, stddev: Math.sqrt(variance) };
}

export function pointLaw(value: number): DiscreteLaw {
  return discreteLaw([{ value, probability: 1 }]);
}
