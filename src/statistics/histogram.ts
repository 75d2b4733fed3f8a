/**
 * Values counted into bins of equal width over [min, max],
 * both ends included; those outside are counted apart.
 */
export class Histogram {
  readonly counts: number[];
  /** Values below min and above max, infinities included; NaN is in neither. */
  below = 0;
  above = 0;

  /** @param bins a single one where min = max */
  constructor(
    readonly min: number,
    readonly max: number,
    bins: number,
  ) {
    this.counts = new Array<number>(min < max ? bins : 1).fill(0);
  }

  /** The bins' borders, one more than there are bins. */
  get edges(): number[] {
    return Array.from({ length: this.counts.length + 1 }, (_, i) => this.edge(i));
  }

  /** Where bin i begins, and the bin before it ends. */
  edge(i: number): number {
    const bins = this.counts.length;
    return i === bins ? this.max : this.min * (1 - i / bins) + this.max * (i / bins);
  }

  add(values: ArrayLike<number>): void {
    const { min, max, counts } = this;
    const bins = counts.length;
    const last = bins - 1;
    // Halves, since max - min may be beyond the largest number.
    const span = max / 2 - min / 2;
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value >= min && value <= max) {
        const bin = span > 0 ? Math.floor(((value / 2 - min / 2) / span) * bins) : 0;
        counts[bin < last ? bin : last]++;
      } else if (value < min) this.below++;
      else if (value > max) this.above++;
    }
  }

  /** How many values lie in the bins [from, to). */
  countIn(from: number, to: number): number {
    let sum = 0;
    for (let i = from; i < to; i++) sum += this.counts[i];
    return sum;
  }
}
