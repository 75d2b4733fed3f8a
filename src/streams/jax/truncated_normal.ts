/** The twin of shaders/jax/truncated_normal.wgsl. */
import { decode, float32Bits, roundBits } from '../../arithmetic/round';
import type { FloatDtype } from '../../core/dtype';
import { ArgumentError } from '../../core/errors';
import { type ConstantParameters, constantParameters } from '../../distributions/constant';
import { type StreamDistribution, FLOATS } from '../../distributions/distribution';
import { checkReach, location } from '../../distributions/fitting';
import { type ForeignKernel, type ForeignParameters } from '../../distributions/foreign';
import { affineMembers, PADDING } from '../../distributions/members';
import type { TruncatedNormalDraw } from '../../distributions/truncated_normal';
import { streamBlock } from '../stream';
import { between, type Between, betweenOf } from './between';
import { erf } from './erf';
import { add, multiply, parameter, rounded } from '../float32';
import { standardNormal } from './standard_normal';
import * as code from '../../../shaders/jax/truncated_normal.wgsl';

/** No value of erf_inv but those of -1 and 1 is larger. */
const LARGEST = 5.5;

export interface Values extends Between {
  readonly mean: number;
  readonly stddev: number;
  /** The numbers of the dtype next to the bounds, inside of them. */
  readonly clipMin: number;
  readonly clipMax: number;
}

const kernel: ForeignKernel<Values> = {
  name: 'jax_truncated_normal',
  code,
  members: ({ affine, low, clipMin, clipMax, stddev, mean }) => [
    ...affineMembers(affine)
      .filter((member) => member !== PADDING)
      .map(([name, word]) => [name.replace('affine.', ''), word] as const),
    ['low', float32Bits(low)],
    ['clip_min', ordered(float32Bits(clipMin)) >>> 0],
    ['clip_max', ordered(float32Bits(clipMax)) >>> 0],
    ['stddev', float32Bits(stddev)],
    ['mean', float32Bits(mean)],
  ],
  twin: (values, key) => (lo, hi, out) => {
    streamBlock(key, lo, hi, 0, out);
    for (let lane = 0; lane < 4; lane++) out[lane] = float32Bits(element(values, out[lane]));
  },
};

function element(values: Values, word: number): number {
  const { dtype, clipMin, clipMax, stddev, mean } = values;
  const z = standardNormal(dtype, between(values, word));
  const clipped = Math.min(Math.max(z, clipMin), clipMax);
  return add(rounded(dtype, multiply(clipped, stddev)), mean);
}

/** Signed integers in the order of the float32 numbers of the bits. It is its own inverse. */
function ordered(bits: number): number {
  return bits ^ ((bits >> 31) & 0x7fffffff);
}

/** The number of the dtype next to x, which is one, in the direction of infinity or of minus infinity. */
function nextTo(dtype: FloatDtype, x: number, up: boolean): number {
  const signBit = dtype === 'float32' ? 0x80000000 : 0x8000;
  const bits = dtype === 'float32' ? float32Bits(x) : roundBits(dtype, float32Bits(x));
  // The neighbours of zero are subnormal, which JAX takes for zeros. Those of a float16 are normal as float32.
  if ((bits & (signBit - 1)) === 0) return dtype === 'float16' ? (up ? 2 ** -24 : -(2 ** -24)) : 0;
  const away = x > 0 === up;
  const next = (away ? bits + 1 : bits - 1) >>> 0;
  return parameter(dtype, decode(dtype, next));
}

/** `jax.random.truncated_normal(lower, upper, ...) * stddev + mean`. */
export const truncatedNormal: StreamDistribution<
  TruncatedNormalDraw,
  ForeignParameters<Values> | ConstantParameters
> = {
  dtypes: FLOATS,
  parameters(draw, dtype) {
    const float = dtype as FloatDtype;
    if (!(draw.lower < draw.upper))
      throw new ArgumentError(`lower must be below upper = ${draw.upper}, got ${draw.lower}`);
    const at = location(draw.mean, draw.stddev, dtype);
    const mean = parameter(float, at.mean);
    const stddev = parameter(float, at.stddev);
    if (stddev === 0) return constantParameters('mean', mean, dtype);
    const lower = parameter(float, draw.lower);
    const upper = parameter(float, draw.upper);
    const [low, high] = [lower, upper].map((bound) => erfOf(float, bound));
    const scale = parameter(float, high - low);
    const clipMin = nextTo(float, lower, true);
    const clipMax = nextTo(float, upper, false);
    if (scale === 0 || clipMin > clipMax)
      throw new ArgumentError(
        `[lower, upper] = [${draw.lower}, ${draw.upper}] must hold some of a normal's mass in ${dtype}, got none`,
      );
    checkReach({ mean, stddev }, Math.max(lower, -LARGEST), Math.min(upper, LARGEST), dtype);
    const values = { ...betweenOf(float, low, scale), mean, stddev, clipMin, clipMax };
    checkEnds(values, draw);
    return { kernel: 'foreign', source: kernel, values, affine: values.affine };
  },
};

/** erf(bound / sqrt(2)) as JAX computes it in the dtype. */
function erfOf(dtype: FloatDtype, bound: number): number {
  const root = parameter(dtype, Math.SQRT2);
  return parameter(dtype, erf(parameter(dtype, bound / root)));
}

/** Refuses bounds where JAX gives erf_inv of -1 or 1, which is infinite, and no bound cuts it. */
function checkEnds(values: Values, { lower, upper }: TruncatedNormalDraw): void {
  const first = between(values, 0);
  const last = between(values, 0xffffffff);
  const far = 1024;
  if ((first <= -1 && lower < -far) || (last >= 1 && upper > far))
    throw new ArgumentError(
      `[lower, upper] = [${lower}, ${upper}] reaches infinity as JAX draws it; choose finite bounds`,
    );
}
