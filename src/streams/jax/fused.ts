/** The twin of shaders/jax/fused.wgsl, on numbers instead of bits. */
import { flush } from '../float32';

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const LOW = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1;

/** a * b + c of float32 numbers, rounded once. */
export function fused(a: number, b: number, c: number): number {
  const product = a * b; // exact in float64
  const sum = product + c;
  const part = sum - product;
  const error = product - (sum - part) + (c - part); // of the sum (Knuth's two-sum)
  if (error !== 0) {
    double[0] = sum;
    // Where the rounded sum lies between two float32 numbers, the error decides.
    if ((words[LOW] & 0x1fffffff) === 0x10000000) words[LOW] += error > 0 === sum > 0 ? 1 : -1;
    return flush(Math.fround(double[0]));
  }
  return flush(Math.fround(sum));
}
