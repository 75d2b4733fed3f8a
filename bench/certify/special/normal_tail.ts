import { erfc } from './erfc';

/** The probability that a standard normal is above z. */
export function normalAbove(z: number): number {
  return erfc(z * Math.SQRT1_2) / 2;
}

/** The probability that a standard normal is at least as far from 0 as z. */
export function normalTwoSided(z: number): number {
  return erfc(Math.abs(z) * Math.SQRT1_2);
}
