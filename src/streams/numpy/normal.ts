import type { Dtype, FloatDtype } from '../../core/dtype';
import { type StreamDistribution, FLOATS } from '../../distributions/distribution';
import { checkReach, location } from '../../distributions/fitting';
import type { ForeignParameters } from '../../distributions/foreign';
import type { NormalDraw } from '../../distributions/normal';
import { type Drawing, drawingParameters, rounded, sequential } from './drawing';

/** No normal is larger: -ln(2^-53) = 36.7 bounds the tail. */
const LARGEST_NORMAL = 12.25;

/** `Generator.normal(mean, stddev)` in float64, and then rounded to the dtype. */
export const normal: StreamDistribution<NormalDraw, ForeignParameters<Drawing>> = {
  dtypes: FLOATS,
  parameters({ mean, stddev }, dtype) {
    checkNormal(mean, stddev, LARGEST_NORMAL, dtype);
    return normals(mean, stddev, dtype as FloatDtype);
  },
};

/** The standard normals of an orthogonal matrix. */
export const STANDARD_NORMALS = normals(0, 1, 'float32');

function normals(mean: number, stddev: number, dtype: FloatDtype): ForeignParameters<Drawing> {
  return drawingParameters(sequential((draws) => rounded(mean + stddev * draws.normal(), dtype)));
}

/**
 * Checks the parameters of normals of at most `largest` standard deviations.
 * @throws ArgumentError where they do not fit the dtype, or a value of theirs might not
 */
export function checkNormal(mean: number, stddev: number, largest: number, dtype: Dtype): void {
  checkReach(location(mean, stddev, dtype), -largest, largest, dtype);
}
