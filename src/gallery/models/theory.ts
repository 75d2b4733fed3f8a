import { toFloat32 } from '../../index';
import { type ResolvedTensor } from '../../models';
import { Histogram } from '../../statistics/histogram';
import { lawOf } from '../../statistics/laws';
import { mergeMoments, moments, NO_VALUES } from '../../statistics/moments';
import { windowOf } from '../law_window';

/** The law that the values of a tensor should follow, and the interval that it is drawn over. */
export interface Theory {
  readonly mean: number;
  readonly stddev: number;
  readonly low: number;
  readonly high: number;
}

const BINS = 48;

/** The theory of a tensor. The laws of its parts are mixed in the proportion of their elements. */
export function theoryOf({ count, job: { stretches } }: ResolvedTensor): Theory {
  const parts = stretches.map(({ draw, range }) => {
    const law = lawOf(draw);
    return { law, window: windowOf(law), share: count === 0 ? 1 / stretches.length : range.count / count };
  });
  const mean = parts.reduce((sum, { law, share }) => sum + share * law.mean, 0);
  const variance = parts.reduce(
    (sum, { law, share }) => sum + share * (law.stddev ** 2 + (law.mean - mean) ** 2),
    0,
  );
  const low = Math.min(...parts.map(({ window }) => window.low));
  const high = Math.max(...parts.map(({ window }) => window.high));
  return { mean, stddev: Math.sqrt(variance), low, high };
}

/** Counts the values of a tensor as they come. A constant lies in the middle of its bins. */
export class LayerValues {
  moments = NO_VALUES;
  readonly histogram: Histogram;

  constructor(private readonly tensor: ResolvedTensor) {
    const { low, high } = theoryOf(tensor);
    const room = low < high ? 0 : (Math.abs(low) || 1) / 2;
    this.histogram = new Histogram(low - room, high + room, low < high ? BINS : BINS + 1);
  }

  /**
   * Counts some values.
   * @param bytes whole elements, little endian
   */
  add(bytes: Uint8Array): void {
    const { dtype } = this.tensor;
    const { buffer } = bytes.slice(); // The copy begins at a multiple of the element's size.
    const data =
      dtype === 'float32'
        ? new Float32Array(buffer)
        : dtype === 'uint32'
          ? new Uint32Array(buffer)
          : new Uint16Array(buffer);
    const values = toFloat32(dtype, data);
    this.moments = mergeMoments(this.moments, moments(values));
    this.histogram.add(values);
  }

  get isComplete(): boolean {
    return this.moments.count === this.tensor.count;
  }
}
