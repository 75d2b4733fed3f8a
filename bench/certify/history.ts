/**
 * A stream of numbers of which the last ones stay in reach:
 * chunk after chunk behind the end of what came before.
 */
export class History {
  private buffer = new Float64Array(0);
  /** How many values before the present chunk are in reach. */
  past = 0;
  private end = 0;

  constructor(private readonly reach: number) {}

  /** @returns the reachable past and the chunk, which begins at `past` */
  push(chunk: Float64Array): Float64Array {
    const keep = Math.min(this.end, this.reach);
    if (this.buffer.length < this.reach + chunk.length) {
      const larger = new Float64Array(this.reach + chunk.length);
      larger.set(this.buffer.subarray(this.end - keep, this.end));
      this.buffer = larger;
    } else {
      this.buffer.copyWithin(0, this.end - keep, this.end);
    }
    this.buffer.set(chunk, keep);
    this.past = keep;
    this.end = keep + chunk.length;
    return this.buffer.subarray(0, this.end);
  }
}

/** The sum of a[i] * b[i - lag] over the i from `past` on that have such a partner, and their number. */
export function lagged(
  a: Float64Array,
  b: Float64Array,
  lag: number,
  past: number,
): { sum: number; pairs: number } {
  let sum = 0;
  const first = Math.max(past, lag);
  for (let i = first; i < a.length; i++) sum += a[i] * b[i - lag];
  return { sum, pairs: Math.max(a.length - first, 0) };
}
