/** The probabilities of at most and of at least what was seen. */
export interface TwoTails {
  readonly lower: number;
  readonly upper: number;
}

/** Twice the smaller tail: too little is as suspicious as too much. */
export function twoSided({ lower, upper }: TwoTails): number {
  return Math.min(1, 2 * Math.min(lower, upper));
}
