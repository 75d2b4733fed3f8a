import type { FloatDtype } from '../../core/dtype';
import { ArgumentError } from '../../core/errors';
import { type StreamDistribution, FLOATS } from '../../distributions/distribution';
import type { ForeignParameters } from '../../distributions/foreign';
import type { TruncatedNormalDraw } from '../../distributions/truncated_normal';
import { type Drawing, drawingParameters, rounded, sequential } from './drawing';
import { checkNormal } from './normal';

/** The bound of Keras's truncated normals, in standard deviations. */
const BOUND = 2;

/** Keras's truncated normals on NumPy: the normals of `Generator.normal` that lie between the bounds, in order. */
export const truncated_normal: StreamDistribution<TruncatedNormalDraw, ForeignParameters<Drawing>> = {
  dtypes: FLOATS,
  parameters({ mean, stddev, lower, upper }, dtype) {
    if (lower !== -BOUND || upper !== BOUND)
      throw new ArgumentError(
        `Keras cuts normals at -2 and 2 standard deviations, got bounds ${lower} and ${upper}`,
      );
    checkNormal(mean, stddev, BOUND, dtype);
    const least = mean - BOUND * stddev;
    const most = mean + BOUND * stddev;
    return drawingParameters(
      sequential((draws) => {
        let value: number;
        do value = mean + stddev * draws.normal();
        while (value < least || value > most);
        return rounded(value, dtype as FloatDtype);
      }),
    );
  },
};
