export interface Moments {
  readonly mean: number;
  readonly stddev: number;
  readonly min: number;
  readonly max: number;
}

/** Of values as they come, chunk by chunk. */
export class Gathered {
  private count = 0;
  private mean = 0;
  private squares = 0;
  private min = Infinity;
  private max = -Infinity;
  readonly counts: Float64Array;

  /** Bins over [low, high]; what lies outside counts at the ends. */
  constructor(
    readonly low: number,
    readonly high: number,
    bins: number,
  ) {
    this.counts = new Float64Array(bins);
  }

  /** By Chan's formula for each chunk, so that the mean of 10^9 values keeps its digits. */
  add(values: ArrayLike<number>): void {
    const n = values.length;
    if (n === 0) return;
    const { counts, low } = this;
    const perUnit = counts.length / (this.high - low);
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const x = values[i];
      sum += x;
      if (x < this.min) this.min = x;
      if (x > this.max) this.max = x;
      counts[Math.max(0, Math.min(counts.length - 1, Math.floor((x - low) * perUnit)))]++;
    }
    const mean = sum / n;
    let squares = 0;
    for (let i = 0; i < n; i++) squares += (values[i] - mean) ** 2;
    const total = this.count + n;
    const delta = mean - this.mean;
    this.squares += squares + (delta * delta * this.count * n) / total;
    this.mean += (delta * n) / total;
    this.count = total;
  }

  get elements(): number {
    return this.count;
  }

  get moments(): Moments {
    return { mean: this.mean, stddev: Math.sqrt(this.squares / this.count), min: this.min, max: this.max };
  }

  /** Of each bin: its ends and the density of values in it. */
  bars(): { readonly from: number; readonly to: number; readonly density: number }[] {
    const width = (this.high - this.low) / this.counts.length;
    return Array.from(this.counts, (count, i) => ({
      from: this.low + i * width,
      to: this.low + (i + 1) * width,
      density: count / this.count / width,
    }));
  }
}
