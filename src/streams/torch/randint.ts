import { float32Bits } from '../../arithmetic/round';
import { integerIn } from '../../core/check';
import { type Dtype, isFloat } from '../../core/dtype';
import { ArgumentError } from '../../core/errors';
import type { StreamDistribution } from '../../distributions/distribution';
import type { ForeignDraw, ForeignParameters } from '../../distributions/foreign';
import { type Drawing, drawingParameters, skipped, wordsAfter } from './drawing';

/** The integers that a dtype holds, and so torch draws without a warning: [least, most]. */
export const INTEGERS: Readonly<Record<Dtype, readonly [number, number]>> = {
  uint8: [0, 2 ** 8 - 1],
  int8: [-(2 ** 7), 2 ** 7 - 1],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  float32: [-(2 ** 24), 2 ** 24],
  float16: [-(2 ** 11), 2 ** 11],
  bfloat16: [-(2 ** 8), 2 ** 8],
};

/** From this range on an element takes 64 bits. */
const WIDE = 2 ** 28;

/** An integer as an element. */
export function elementOf(value: number, dtype: Dtype): number {
  return isFloat(dtype) ? float32Bits(value) : value >>> 0;
}

/** `torch.randint(low, high)`: a word modulo the range, or two words where the range has 2^28 numbers or more. */
export function randintDrawing(low: number, high: number, dtype: Dtype, total: number): Drawing {
  const range = high - low;
  if (range < WIDE) {
    return {
      values: ({ mt }, start, count) =>
        wordsAfter(mt, start, count).map((word) => elementOf((word % range) + low, dtype)),
      after: (state) => skipped(state, total),
    };
  }
  const wide = BigInt(range);
  return {
    values({ mt }, start, count) {
      const words = wordsAfter(mt, 2 * start, 2 * count);
      return Uint32Array.from({ length: count }, (_, i) => {
        const both = (BigInt(words[2 * i]) << 32n) | BigInt(words[2 * i + 1]);
        return elementOf(Number(both % wide) + low, dtype);
      });
    },
    after: (state) => skipped(state, 2 * total),
  };
}

/** @throws ArgumentError unless [low, high) are integers of the dtype, and not none */
export function checkRange(low: number, high: number, dtype: Dtype): void {
  const [least, most] = INTEGERS[dtype];
  integerIn(`low of ${dtype}`, low, least, most);
  integerIn(`high of ${dtype}`, high, least + 1, most + 1);
  if (high <= low) throw new ArgumentError(`high must be > low = ${low}, got ${high}`);
}

/** How `torch.randint` draws. */
export const randint: StreamDistribution<ForeignDraw, ForeignParameters<Drawing>> = {
  dtypes: ['int32', 'uint32', 'uint8', 'int8', 'float32', 'float16', 'bfloat16'],
  parameters({ numbers: [low, high] }, dtype, _math, total) {
    checkRange(low, high, dtype);
    return drawingParameters(randintDrawing(low, high, dtype, total));
  },
};
