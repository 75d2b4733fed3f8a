/**
 * The twin of shaders/streams/float32.wgsl, on numbers instead of bits. A product or a sum of two float32 numbers is
 * rounded to float64 first, which has more than twice the digits, so that the second rounding gives what one alone
 * would (Figueroa, When is double rounding innocuous?, SIGNUM Newsletter 30, 1995).
 */
import { roundTo } from '../arithmetic/round';
import type { FloatDtype } from '../core/dtype';

const SMALLEST = 2 ** -126;

/** A float32 number, with a zero of the same sign in place of a subnormal. */
export function flush(x: number): number {
  if (x === 0 || Math.abs(x) >= SMALLEST) return x;
  return x < 0 ? -0 : 0;
}

/** a * b. */
export function multiply(a: number, b: number): number {
  return flush(Math.fround(a * b));
}

/** a + b. */
export function add(a: number, b: number): number {
  return flush(Math.fround(a + b));
}

/** A float32 number rounded to the dtype. */
export function rounded(dtype: FloatDtype, x: number): number {
  return dtype === 'float32' ? x : roundTo(dtype, x);
}

/** A parameter, rounded to float32 and on to the dtype. */
export function parameter(dtype: FloatDtype, x: number): number {
  return flush(roundTo(dtype, x));
}
