/** The twin of shaders/shared/box_muller_native.wgsl. */
const TWO_PI_OVER_2_32 = (2 * Math.PI) / 2 ** 32;

/** Writes the two standard normals of two random words to `out[at]` and `out[at + 1]`. */
export function boxMullerNative(w0: number, w1: number, out: Float64Array, at: number): void {
  const u = (w0 + 0.5) * 2 ** -32;
  const radius = Math.sqrt(-2 * Math.log(u));
  const angle = (w1 | 0) * TWO_PI_OVER_2_32;
  out[at] = radius * Math.cos(angle);
  out[at + 1] = radius * Math.sin(angle);
}
