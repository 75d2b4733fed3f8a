import { toFloat32 } from '../../index';
import { type ResolvedTensor } from '../../models';
import { lawOf } from '../cards/law';
import { Gathered } from '../histogram';

/** What a tensor's values should be, and where to draw them. */
export interface Theory {
  readonly mean: number;
  readonly stddev: number;
  readonly low: number;
  readonly high: number;
}

const BINS = 48;

/** Of all that fills a tensor: a mixture, each part by its elements. */
export function theoryOf({ shape, count, stretches }: ResolvedTensor): Theory {
  const parts = stretches.map(({ initializer, range }) => {
    const draw = initializer.resolve(shape);
    const law = draw.kind === 'bits' ? WORDS : lawOf(draw);
    const ends = law.kind === 'density' ? [law.low, law.high] : law.shares.map(({ value }) => value);
    return { law, ends, share: count === 0 ? 1 / stretches.length : range.count / count };
  });
  const mean = parts.reduce((sum, { law, share }) => sum + share * law.mean, 0);
  const variance = parts.reduce(
    (sum, { law, share }) => sum + share * (law.stddev ** 2 + (law.mean - mean) ** 2),
    0,
  );
  const ends = parts.flatMap((part) => part.ends);
  return { mean, stddev: Math.sqrt(variance), low: Math.min(...ends), high: Math.max(...ends) };
}

const WORDS = {
  kind: 'density',
  low: 0,
  high: 2 ** 32,
  mean: 2 ** 31,
  stddev: 2 ** 32 / Math.sqrt(12),
} as const;

/** A tensor's values, to be counted as they come; a constant's in the middle of some room. */
export class LayerValues {
  readonly gathered: Gathered;

  constructor(private readonly tensor: ResolvedTensor) {
    const { low, high } = theoryOf(tensor);
    const room = low < high ? 0 : (Math.abs(low) || 1) / 2;
    this.gathered = new Gathered(low - room, high + room, low < high ? BINS : BINS + 1);
  }

  /** @param bytes whole elements, little endian */
  add(bytes: Uint8Array): void {
    const { dtype } = this.tensor;
    const { buffer } = bytes.slice(); // at a multiple of the element's size
    const data =
      dtype === 'float32'
        ? new Float32Array(buffer)
        : dtype === 'uint32'
          ? new Uint32Array(buffer)
          : new Uint16Array(buffer);
    this.gathered.add(toFloat32(dtype, data));
  }

  get isComplete(): boolean {
    return this.gathered.elements === this.tensor.count;
  }
}
