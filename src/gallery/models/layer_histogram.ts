import type { Dtype } from '../../index';
import { numbersOf } from './decode';

const BINS = 48;

/** A tensor's values counted into bins, and their moments, as they come. */
export class LayerHistogram {
  readonly counts = new Array<number>(BINS).fill(0);
  private seen = 0;
  private sum = 0;
  private squares = 0;
  private least = Infinity;
  private most = -Infinity;

  /**
   * @param low the bins' lower end; where it is the upper one too, all values are counted in the middle
   * @param centre near the mean: deviations from it are summed, so that a large mean costs no digits
   */
  constructor(readonly low: number, readonly high: number, private readonly centre: number, private readonly dtype: Dtype) {}

  add(bytes: Uint8Array): void {
    const { low, high, centre, counts } = this;
    const values = numbersOf(this.dtype, bytes);
    const scale = high > low ? BINS / (high - low) : 0;
    const shift = scale === 0 ? BINS / 2 : 0;
    let { sum, squares, least, most } = this;
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      const deviation = value - centre;
      sum += deviation;
      squares += deviation * deviation;
      if (value < least) least = value;
      if (value > most) most = value;
      const bin = Math.floor((value - low) * scale + shift);
      counts[bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin]++;
    }
    Object.assign(this, { sum, squares, least, most });
    this.seen += values.length;
  }

  get count(): number {
    return this.seen;
  }

  /** NaN without values. */
  get mean(): number {
    return this.centre + this.sum / this.seen;
  }

  get stddev(): number {
    const shift = this.sum / this.seen;
    return Math.sqrt(Math.max(this.squares / this.seen - shift * shift, 0));
  }

  get min(): number {
    return this.least;
  }

  get max(): number {
    return this.most;
  }

  /** Bin `i` is [edge(i), edge(i + 1)). */
  edge(i: number): number {
    if (this.high > this.low) return this.low + ((this.high - this.low) * i) / BINS;
    const width = Math.max(Math.abs(this.low), 1);
    return this.low + (width * (i - BINS / 2 - 0.5)) / BINS;
  }
}
