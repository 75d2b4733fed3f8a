import { float32Bits, roundTo } from '../../arithmetic/round';
import { finiteNumber } from '../../core/check';
import type { FloatDtype } from '../../core/dtype';
import { ArgumentError } from '../../core/errors';
import { type StreamDistribution, FLOATS } from '../../distributions/distribution';
import { fitting } from '../../distributions/fitting';
import type { ForeignParameters } from '../../distributions/foreign';
import type { UniformDraw } from '../../distributions/uniform';
import { type Drawing, drawingParameters, skipped, wordsAfter } from './drawing';

/** A word's lower 24 bits are a float32 in [0, 1). */
const DIVISOR = 2 ** -24;

/** `torch.Tensor.uniform_`: a word for each element, whose lower 24 bits are the value, also for halves. */
export function uniformDrawing(low: number, high: number, dtype: FloatDtype, total: number): Drawing {
  const from = Math.fround(low);
  const range = Math.fround(Math.fround(high) - from);
  const end = roundTo(dtype, high);
  const begin = float32Bits(roundTo(dtype, low));
  const float32 = dtype === 'float32';
  return {
    values(state, start, count) {
      const out = wordsAfter(state.mt, start, count);
      const floats = new Float32Array(out.buffer);
      for (let i = 0; i < count; i++) {
        floats[i] = (out[i] & 0xffffff) * DIVISOR * range + from; // rounded once, as torch's compiler has it
        // What rounds up to the excluded end becomes the begin.
        if ((float32 ? floats[i] : roundTo(dtype, floats[i])) === end) out[i] = begin;
      }
      return out;
    },
    after: (state) => skipped(state, total),
  };
}

/** How `uniform_` draws. */
export const uniform: StreamDistribution<UniformDraw, ForeignParameters<Drawing>> = {
  dtypes: FLOATS,
  parameters({ low, high }, dtype, _math, total) {
    finiteNumber('low', low);
    finiteNumber('high', high);
    if (high < low) throw new ArgumentError(`high must be >= low = ${low}, got ${high}`);
    for (const [name, value] of [
      ['low', low],
      ['high', high],
    ] as const)
      fitting(name, value, dtype);
    fitting('high - low', Math.fround(high) - Math.fround(low), 'float32');
    return drawingParameters(uniformDrawing(low, high, dtype as FloatDtype, total));
  },
};
