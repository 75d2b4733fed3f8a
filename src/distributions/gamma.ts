import { LARGEST_NORMAL } from '../arithmetic/normal_range';
import { roundTo } from '../arithmetic/round';
import { nonNegativeNumber } from '../core/check';
import type { FloatDtype } from '../core/dtype';
import { ArgumentError, show } from '../core/errors';
import { type ConstantParameters, constantParameters } from './constant';
import { type Distribution, FLOATS } from './distribution';
import { fitting } from './fitting';
import { SAMPLING_NUMBERS } from './sampling';

/**
 * The draw of gamma values. Where the scale is 0, every element is 0.
 *
 * @example
 * ```ts
 * import { gamma } from 'tensorseed/distributions';
 * import type { initializers } from 'tensorseed';
 *
 * const draw: initializers.GammaDraw = { kind: 'gamma', concentration: 3, scale: 2 };
 * console.log(gamma().resolve([10]).kind === draw.kind); // true
 * ```
 */
export interface GammaDraw {
  /** The kind of the draw. */
  readonly kind: 'gamma';
  /** The shape parameter, a number in [2^-10, 2^20]. */
  readonly concentration: number;
  /** The scale, a finite number >= 0. The mean is concentration times scale. */
  readonly scale: number;
}

/** The parameters of the draw of gamma values, with d = concentration - 1/3, or + 2/3 for a concentration below 1. */
export interface GammaParameters {
  readonly kernel: 'gamma';
  /** 1 / sqrt(9 d) with 33 + cShift fractional bits, in [2^31, 2^32]. */
  readonly c: number;
  readonly cShift: number;
  /** 1 / (108 d) with 38 fractional bits. */
  readonly quartic: number;
  /** 3 d with 22 fractional bits, at most 1023. Where d is larger, it is not needed. */
  readonly triple: number;
  /** d scale is this times 2^exponent. */
  readonly scale: number;
  readonly exponent: number;
  /** 1 / (concentration ln 2) with powerPlaces fractional bits; 0 from a concentration of 1 on. */
  readonly power: number;
  readonly powerPlaces: number;
  /** A bound of the number of candidates that an element needs on average. */
  readonly attempts: number;
}

const LEAST = 2 ** -10;
const MOST = 2 ** 20;

/** How gamma values are drawn. */
export const gamma: Distribution<GammaDraw, GammaParameters, GammaParameters | ConstantParameters> = {
  numbers: SAMPLING_NUMBERS.gamma,
  dtypes: FLOATS,
  random: true,
  parameters({ concentration, scale: exact }, dtype) {
    if (!(concentration >= LEAST && concentration <= MOST))
      throw new ArgumentError(`concentration must be in [2^-10, 2^20], got ${show(concentration)}`);
    const scale = Math.fround(fitting('scale', nonNegativeNumber('scale', exact), dtype));
    if (scale === 0) return constantParameters('scale', 0, dtype);
    const powered = concentration < 1;
    const d = powered ? concentration + 2 / 3 : concentration - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    const reach = d * scale * (1 + LARGEST_NORMAL * c) ** 3;
    if (!Number.isFinite(roundTo(dtype as FloatDtype, reach))) {
      throw new ArgumentError(
        `concentration ${concentration} with scale ${scale} reaches ${reach}, which does not fit ${dtype}`,
      );
    }
    const cWord = wordOf(c);
    const product = wordOf(d * scale);
    const power = powered ? wordOf(Math.LOG2E / concentration) : { word: 0, places: 32 };
    return {
      kernel: 'gamma',
      c: cWord.word,
      cShift: cWord.places - 33,
      quartic: Math.round(2 ** 38 / (108 * d)),
      triple: Math.round(Math.min(3 * d, 1023) * 2 ** 22),
      scale: product.word,
      exponent: -product.places,
      power: power.word,
      powerPlaces: power.places,
      attempts: 1 + 0.2 / d,
    };
  },
  kernels: {
    gamma: ({ c, cShift, quartic, triple, scale, exponent, power, powerPlaces }) => [
      ['c', c],
      ['c_shift', cShift],
      ['quartic', quartic],
      ['triple', triple],
      ['scale', scale],
      ['exponent', exponent],
      ['power', power],
      ['power_places', powerPlaces],
    ],
  },
};

/** x as an integer in [2^31, 2^32) times 2^-places; x 2^places is rounded to the integer, half up. */
function wordOf(x: number): { readonly word: number; readonly places: number } {
  let places = 31;
  let digits = x;
  for (; digits >= 2; digits /= 2) places--;
  for (; digits < 1; digits *= 2) places++;
  return { word: Math.min(Math.round(digits * 2 ** 31), 0xffffffff), places };
}
