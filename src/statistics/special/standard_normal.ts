import { erfc } from './erfc';

/** The density of a standard normal. */
export function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** The probability that a standard normal is above z, with its digits in the upper tail. */
export function normalAbove(z: number): number {
  return erfc(z * Math.SQRT1_2) / 2;
}

/** The probability that a standard normal is at least as far from 0 as z. */
export function normalTwoSided(z: number): number {
  return erfc(Math.abs(z) * Math.SQRT1_2);
}
