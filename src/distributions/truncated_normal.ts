import { type Affine, affineMap } from '../arithmetic/affine_map';
import { affine } from '../arithmetic/affine_step';
import { FRACTION_BITS, LARGEST_NORMAL } from '../arithmetic/normal_range';
import { decode, float32FromBits, roundBits, roundTo } from '../arithmetic/round';
import type { FloatDtype } from '../core/dtype';
import { ArgumentError } from '../core/errors';
import { type ConstantParameters, constantParameters } from './constant';
import { type Distribution, FLOATS } from './distribution';
import { checkReach, location } from './fitting';
import { affineMembers } from './members';
import { normalMass } from './normal_mass';
import { spanInside } from './span';
import {
  truncatedNormalNativeMembers,
  type TruncatedNormalNativeParameters,
} from './truncated_normal_native';

/**
 * The draw of mean + stddev * z for a standard normal z strictly between `lower` and `upper`. Where stddev is
 * 0, every element is the mean.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const normal = { mean: 0, stddev: 1 };
 * const draw: initializers.TruncatedNormalDraw = { kind: 'truncated_normal', ...normal, lower: -2, upper: 2 };
 * console.log(initializers.heNormal().resolve([10, 10]).kind === draw.kind); // true
 * ```
 */
export interface TruncatedNormalDraw {
  /** The kind of the draw. */
  readonly kind: 'truncated_normal';
  /** The mean of the normal before the cut, a finite number. */
  readonly mean: number;
  /** The standard deviation of the normal before the cut, a finite number >= 0. */
  readonly stddev: number;
  /** The lower bound in standard deviations from the mean, which may be -Infinity. */
  readonly lower: number;
  /** The upper bound in standard deviations from the mean, which may be Infinity. */
  readonly upper: number;
}

/** The parameters of the draw of exact truncated normal values. */
export interface TruncatedNormalParameters {
  readonly kernel: 'truncated_normal';
  readonly affine: Affine;
  /** The first and the last standard normal that is accepted: integers with FRACTION_BITS. */
  readonly acceptMin: number;
  readonly acceptMax: number;
  /** The number of candidates that an element needs on average. */
  readonly attempts: number;
  /** The first and the last accepted normal whose value, rounded to the dtype, stays inside the bounds. */
  readonly clampMin: number;
  readonly clampMax: number;
}

type Own = TruncatedNormalParameters | TruncatedNormalNativeParameters;

/** With a smaller share of accepted candidates, rejection would keep whole subgroups waiting. */
export const SMALLEST_MASS = 1 / 64;

/** How truncated normal values are drawn. */
export const truncated_normal: Distribution<TruncatedNormalDraw, Own, Own | ConstantParameters> = {
  numbers: ['mean', 'stddev', 'lower', 'upper'],
  dtypes: FLOATS,
  random: true,
  parameters({ mean: exactMean, stddev: exactStddev, lower, upper }, dtype, math) {
    const mass = acceptedMass(lower, upper);
    const at = location(exactMean, exactStddev, dtype);
    const { mean, stddev } = at;
    if (stddev === 0) return constantParameters('mean', exactMean, dtype);
    checkReach(at, Math.max(lower, -LARGEST_NORMAL), Math.min(upper, LARGEST_NORMAL), dtype);
    const float = dtype as FloatDtype;
    const scale = 2 ** FRACTION_BITS;
    const acceptMin = Math.max(Math.floor(lower * scale) + 1, -LARGEST_NORMAL * scale);
    const acceptMax = Math.min(Math.ceil(upper * scale) - 1, LARGEST_NORMAL * scale);
    const map = affineMap(mean, stddev, 0, FRACTION_BITS);
    const float32 = (z: number): number => affine(map, z < 0, Math.abs(z));
    const low = mean + lower * stddev;
    const high = mean + upper * stddev;
    // The ends are kept out as in uniform.ts, but here both are open.
    const inside = spanInside(acceptMin, acceptMax, (z) => decode(float, roundBits(float, float32(z))), [
      {
        entered: (value) => value > Math.max(low, roundTo(float, low)),
        left: (value) => value >= Math.min(high, roundTo(float, high)),
      },
      { entered: (value) => value > low, left: (value) => value >= high },
    ]);
    if (inside === undefined) throw new ArgumentError(`no ${dtype} lies strictly between ${low} and ${high}`);
    const attempts = 1 / mass;
    if (math === 'native') {
      return {
        kernel: 'truncated_normal_native',
        mean,
        stddev,
        attempts,
        acceptMin: acceptMin / scale,
        acceptMax: acceptMax / scale,
        valueMin: float32FromBits(float32(inside.first)),
        valueMax: float32FromBits(float32(inside.last)),
      };
    }
    return {
      kernel: 'truncated_normal',
      affine: map,
      attempts,
      acceptMin,
      acceptMax,
      clampMin: inside.first,
      clampMax: inside.last,
    };
  },
  kernels: {
    truncated_normal: (params) => [
      ...affineMembers(params.affine),
      ['accept_min', params.acceptMin],
      ['accept_max', params.acceptMax],
      ['clamp_min', params.clampMin],
      ['clamp_max', params.clampMax],
    ],
    truncated_normal_native: truncatedNormalNativeMembers,
  },
};

/**
 * The share of candidates that lie between the bounds.
 * @throws ArgumentError where the share is too small for rejection
 */
function acceptedMass(lower: number, upper: number): number {
  if (!(lower < upper)) throw new ArgumentError(`lower must be below upper = ${upper}, got ${lower}`);
  const mass = normalMass(lower, upper);
  if (mass < SMALLEST_MASS) {
    throw new ArgumentError(
      `[lower, upper] = [${lower}, ${upper}] stddev must hold at least 1/64 of a normal's mass, got ${mass.toPrecision(3)}`,
    );
  }
  return mass;
}
