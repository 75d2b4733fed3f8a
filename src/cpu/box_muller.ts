/** Twin of shaders/shared/box_muller.wgsl. */

/** Standard normals are integers with this many bits after the binary point. */
export const FRACTION_BITS = 28;
/** No normal is larger: sqrt(-2 ln 2^-33) = 6.7637. */
export const LARGEST_NORMAL = 6.78125;

export function boxMuller(w0: number, w1: number, out: Int32Array, at: number): void {
  const r = Math.sqrt(-2 * Math.log((w0 + 0.5) / 2 ** 32)) * 2 ** 28;
  const a = ((w1 + 0.5) / 2 ** 32) * 2 * Math.PI;
  out[at] = Math.round(r * Math.cos(a));
  out[at + 1] = Math.round(r * Math.sin(a));
}
