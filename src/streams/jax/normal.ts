/** The twin of shaders/jax/normal.wgsl. */
import { affineMap } from '../../arithmetic/affine_map';
import { float32Bits } from '../../arithmetic/round';
import type { FloatDtype } from '../../core/dtype';
import { type ConstantParameters, constantParameters } from '../../distributions/constant';
import { type StreamDistribution, FLOATS } from '../../distributions/distribution';
import { checkReach, location } from '../../distributions/fitting';
import { type ForeignKernel, type ForeignParameters } from '../../distributions/foreign';
import { type NormalDraw, STANDARD_NORMAL } from '../../distributions/normal';
import { streamBlock } from '../stream';
import { add, parameter, rounded } from '../float32';
import { fraction, FRACTION_BITS } from './fraction';
import { scaledNormal } from './standard_normal';
import * as code from '../../../shaders/jax/normal.wgsl';

/** A bound that no standard normal exceeds. */
const LARGEST = 5.5;

/** With a smaller stddev, products may be flushed to -0, of which the sum with a mean of 0 makes 0. */
const NEVER_FLUSHED = 2 ** -90;

export interface Values {
  readonly dtype: FloatDtype;
  /** Whether a mean is added. */
  readonly shifted: boolean;
  readonly mean: number;
  readonly stddev: number;
}

const kernel: ForeignKernel<Values> = {
  name: 'jax_normal',
  code,
  members: ({ mean, stddev }) => [
    ['stddev', float32Bits(stddev)],
    ['mean', float32Bits(mean)],
  ],
  twin: (values, key) => (lo, hi, out) => {
    streamBlock(key, lo, hi, 0, out);
    for (let lane = 0; lane < 4; lane++) out[lane] = float32Bits(element(values, out[lane]));
  },
};

function element({ dtype, shifted, mean, stddev }: Values, word: number): number {
  const bits = FRACTION_BITS[dtype] + 1;
  const u = (4 * fraction(dtype, word) + 1) / 2 ** bits - 1;
  const scaled = scaledNormal(dtype, u, stddev);
  return shifted ? add(rounded(dtype, scaled), mean) : scaled;
}

/** `jax.random.normal(...) * stddev + mean`. */
export const normal: StreamDistribution<NormalDraw, ForeignParameters<Values> | ConstantParameters> = {
  dtypes: FLOATS,
  parameters(draw, dtype) {
    const float = dtype as FloatDtype;
    const at = location(draw.mean, draw.stddev, dtype);
    const mean = parameter(float, at.mean);
    const stddev = parameter(float, at.stddev);
    if (stddev === 0) return constantParameters('mean', mean, dtype);
    checkReach({ mean, stddev }, -LARGEST, LARGEST, dtype);
    const shifted = mean !== 0 || stddev < NEVER_FLUSHED;
    // The width of the map tells the shader whether a mean is added. It has no other use.
    const affine = { ...affineMap(0, 1, 0, 0), offsetBits: shifted ? 64 : 0 } as const;
    return { kernel: 'foreign', source: kernel, values: { dtype: float, shifted, mean, stddev }, affine };
  },
};

/** The standard normals of an orthogonal matrix. */
export const STANDARD_NORMALS = normal.parameters(
  STANDARD_NORMAL,
  'float32',
  'exact',
  0,
) as ForeignParameters<Values>;
