/**
 * The twin of shaders/shared/float_arithmetic.wgsl. A float64 holds the product of two float32 numbers exactly, and
 * their sum well enough to be rounded once more (Figueroa, "When is double rounding innocuous?", 1995).
 */
const floats = new Float32Array(2);
const patterns = new Uint32Array(floats.buffer);

/** The bits of a * b for float32 bits. An `a` that is infinite or no number is the result; `b` is finite. */
export function multiplyFloats(a: number, b: number): number {
  return computed(a, b, (x, y) => x * y);
}

/** The bits of a + b, likewise. */
export function addFloats(a: number, b: number): number {
  return computed(a, b, (x, y) => x + y);
}

function computed(a: number, b: number, operation: (x: number, y: number) => number): number {
  if ((a & 0x7f800000) === 0x7f800000) return a;
  patterns[0] = a;
  patterns[1] = b;
  floats[0] = operation(floats[0], floats[1]);
  return patterns[0];
}
