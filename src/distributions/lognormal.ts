import { LARGEST_NORMAL } from '../arithmetic/normal_range';
import { float32Bits, roundTo } from '../arithmetic/round';
import { finiteNumber, nonNegativeNumber } from '../core/check';
import type { FloatDtype } from '../core/dtype';
import { ArgumentError } from '../core/errors';
import { type Distribution, FLOATS } from './distribution';
import { SAMPLING_NUMBERS } from './sampling';

/**
 * The draw of exp(mean + stddev * z) for a standard normal z.
 *
 * @example
 * ```ts
 * import { lognormal } from 'tensorseed/distributions';
 * import type { initializers } from 'tensorseed';
 *
 * const draw: initializers.LognormalDraw = { kind: 'lognormal', mean: 0, stddev: 1 };
 * console.log(lognormal().resolve([10]).kind === draw.kind); // true
 * ```
 */
export interface LognormalDraw {
  /** The kind of the draw. */
  readonly kind: 'lognormal';
  /** The mean of the logarithm, a number in [-65536, 65536]. */
  readonly mean: number;
  /** The standard deviation of the logarithm, a number in [0, 65536]. */
  readonly stddev: number;
}

/** The parameters of the draw of lognormal values. */
export interface LognormalParameters {
  readonly kernel: 'lognormal';
  /** mean / ln 2 with 32 fractional bits, in two's complement. */
  readonly offsetLo: number;
  readonly offsetHi: number;
  /** stddev / ln 2 with 36 fractional bits. */
  readonly scaleLo: number;
  readonly scaleHi: number;
}

/** 1 / ln 2 with 96 fractional bits. */
const LOG2_E = 0x171547652b82fe1777d0ffda1n;

/** Beyond this the fixed-point numbers would not have room for it. */
const LARGEST = 65536;

/** How lognormal values are drawn. */
export const lognormal: Distribution<LognormalDraw, LognormalParameters> = {
  numbers: SAMPLING_NUMBERS.lognormal,
  dtypes: FLOATS,
  random: true,
  parameters({ mean, stddev }, dtype) {
    finiteNumber('mean', mean);
    nonNegativeNumber('stddev', stddev);
    if (Math.abs(mean) > LARGEST)
      throw new ArgumentError(`mean must be in [-${LARGEST}, ${LARGEST}], got ${mean}`);
    if (stddev > LARGEST) throw new ArgumentError(`stddev must be in [0, ${LARGEST}], got ${stddev}`);
    const reach = Math.exp(Math.fround(mean) + LARGEST_NORMAL * Math.fround(stddev));
    if (!Number.isFinite(roundTo(dtype as FloatDtype, reach)))
      throw new ArgumentError(
        `mean ${mean} with stddev ${stddev} reaches ${reach}, which does not fit ${dtype}`,
      );
    const offset = timesLog2E(mean, 32);
    const scale = timesLog2E(stddev, 36);
    return {
      kernel: 'lognormal',
      offsetLo: Number(offset & 0xffffffffn),
      offsetHi: Number((offset >> 32n) & 0xffffffffn),
      scaleLo: Number(scale & 0xffffffffn),
      scaleHi: Number(scale >> 32n),
    };
  },
  kernels: {
    lognormal: ({ offsetLo, offsetHi, scaleLo, scaleHi }) => [
      ['offset_lo', offsetLo],
      ['offset_hi', offsetHi],
      ['scale_lo', scaleLo],
      ['scale_hi', scaleHi],
    ],
  },
};

/** x / ln 2 with `fraction` fractional bits, for x rounded to float32: the nearest integer, of two the upper one. */
function timesLog2E(x: number, fraction: number): bigint {
  const bits = float32Bits(x);
  const field = (bits >>> 23) & 0xff;
  const mantissa = BigInt(field === 0 ? bits & 0x7fffff : (bits & 0x7fffff) | 0x800000);
  const product = (x < 0 ? -mantissa : mantissa) * LOG2_E;
  const drop = BigInt(96 + 150 - Math.max(field, 1) - fraction);
  return (product + (1n << (drop - 1n))) >> drop;
}
