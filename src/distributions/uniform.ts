import { type Affine, affineMap } from '../arithmetic/affine_map';
import { affine } from '../arithmetic/affine_step';
import { decode, roundBits, roundTo } from '../arithmetic/round';
import type { FloatDtype } from '../core/dtype';
import { ArgumentError } from '../core/errors';
import { type ConstantParameters, constantParameters } from './constant';
import { type Distribution, FLOATS } from './distribution';
import { fitting } from './fitting';
import { affineMembers } from './members';
import { spanInside } from './span';

/**
 * The draw of uniform values in [low, high). Where both ends are equal, every element is that number.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const draw: initializers.UniformDraw = { kind: 'uniform', low: 0, high: 1 };
 * console.log(initializers.randomUniform().resolve([10]).kind === draw.kind); // true
 * ```
 */
export interface UniformDraw {
  /** The kind of the draw. */
  readonly kind: 'uniform';
  /** The lower end, which is included: a finite number. */
  readonly low: number;
  /** The upper end, which is excluded: a finite number >= `low`. */
  readonly high: number;
}

/** The parameters of the draw of uniform values. */
export interface UniformParameters {
  readonly kernel: 'uniform';
  readonly affine: Affine;
  /** The first and the last word whose value lies in the interval. Words beyond them are replaced by them. */
  readonly wordMin: number;
  readonly wordMax: number;
  /** The word that the affine step counts from. */
  readonly center: number;
}

/**
 * How uniform values are drawn. Both ends are rounded to float32. The upper end is also excluded as the dtype
 * rounds it: 0.05 is a little less in float16, and a comparison in float16 would take that value for the end.
 * Where this leaves no value, only the end itself is excluded.
 */
export const uniform: Distribution<UniformDraw, UniformParameters, UniformParameters | ConstantParameters> = {
  numbers: ['low', 'high'],
  dtypes: FLOATS,
  random: true,
  parameters({ low, high }, dtype) {
    const a = Math.fround(fitting('low', low, dtype));
    const b = Math.fround(fitting('high', high, dtype));
    if (high < low) throw new ArgumentError(`high must be >= low = ${low}, got ${high}`);
    if (a === b) return constantParameters('low', low, dtype);
    const float = dtype as FloatDtype;
    // An interval around 0 needs no offset: low + (high - low) w / 2^32 = (high - low) (w - 2^31) / 2^32.
    const center = a === -b ? 2 ** 31 : 0;
    const map = affineMap(center === 0 ? a : 0, b, a, 32);
    const float32 = (word: number): number => affine(map, word < center, Math.abs(word - center));
    const words = spanInside(0, 0xffffffff, (word) => decode(float, roundBits(float, float32(word))), [
      { entered: (value) => value >= a, left: (value) => value >= Math.min(b, roundTo(float, b)) },
      { entered: (value) => value >= a, left: (value) => value >= b },
    ]);
    if (words === undefined) throw new ArgumentError(`no ${dtype} lies in [${low}, ${high})`);
    return { kernel: 'uniform', affine: map, wordMin: words.first, wordMax: words.last, center };
  },
  kernels: {
    uniform: (params) => [
      ...affineMembers(params.affine),
      ['word_min', params.wordMin],
      ['word_max', params.wordMax],
      ['center', params.center],
    ],
  },
};
