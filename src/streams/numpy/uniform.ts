import type { FloatDtype } from '../../core/dtype';
import { ArgumentError } from '../../core/errors';
import { type StreamDistribution, FLOATS } from '../../distributions/distribution';
import { fitting } from '../../distributions/fitting';
import type { ForeignParameters } from '../../distributions/foreign';
import type { UniformDraw } from '../../distributions/uniform';
import { type Drawing, drawingParameters, rounded } from './drawing';
import { Draws } from './draws';

/** `Generator.uniform(low, high)` in float64, and then rounded to the dtype. */
export const uniform: StreamDistribution<UniformDraw, ForeignParameters<Drawing>> = {
  dtypes: FLOATS,
  parameters({ low, high }, dtype) {
    fitting('low', low, dtype);
    fitting('high', high, dtype);
    if (high < low) throw new ArgumentError(`high must be >= low = ${low}, got ${high}`);
    const range = high - low;
    // Each element takes one output.
    return drawingParameters(({ start: state }, start, count) => {
      const draws = new Draws(state, start);
      const out = new Uint32Array(count);
      for (let i = 0; i < count; i++) out[i] = rounded(low + range * draws.uniform(), dtype as FloatDtype);
      return out;
    });
  },
};
