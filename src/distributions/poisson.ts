import { ArgumentError, show } from '../core/errors';
import { isFloat } from '../core/dtype';
import { thresholdOf } from './bernoulli';
import { type ConstantParameters, constantPattern } from './constant';
import type { Distribution } from './distribution';
import { SAMPLING_NUMBERS } from './sampling';

/**
 * The draw of counts of events that happen independently of one another.
 *
 * @example
 * ```ts
 * import type { initializers } from 'tensorseed';
 * import { poisson } from 'tensorseed/distributions';
 *
 * const draw: initializers.PoissonDraw = { kind: 'poisson', rate: 3 };
 * console.log(poisson().resolve([4]).kind === draw.kind); // true
 * ```
 */
export interface PoissonDraw {
  /** The kind of the draw. */
  readonly kind: 'poisson';
  /** The number of events on average, in [0, 2^20]. */
  readonly rate: number;
}

/** The parameters of a draw of counts. */
export interface PoissonParameters {
  readonly kernel: 'poisson';
  /** The least count that a word has. */
  readonly first: number;
  /**
   * The last word of each count from `first` on, in a rising order. Their number is a power of two less one; those
   * at the end, which no word passes, are 2^32 - 1.
   */
  readonly table: Uint32Array<ArrayBuffer>;
  /** Whether the counts become float32. */
  readonly isFloat: boolean;
}

/** The largest rate. Its table has 2^14 words, and all its counts are exact in float32. */
export const LARGEST_RATE = 2 ** 20;

/** Terms that are a smaller share of the largest one are left out. */
const SMALLEST_TERM = 2 ** -80;

/** How counts are drawn. */
export const poisson: Distribution<PoissonDraw, PoissonParameters, PoissonParameters | ConstantParameters> = {
  numbers: SAMPLING_NUMBERS.poisson,
  dtypes: ['int32', 'uint32', 'float32'],
  random: true,
  readsTable: true,
  parameters({ rate }, dtype) {
    if (typeof rate !== 'number' || !(rate >= 0 && rate <= LARGEST_RATE))
      throw new ArgumentError(`rate must be a number in [0, 2^20], got ${show(rate)}`);
    const { first, thresholds } = thresholdsOf(rate);
    if (thresholds.length === 0) return constantPattern(first, dtype);
    const table = new Uint32Array(2 ** Math.ceil(Math.log2(thresholds.length + 1)) - 1).fill(0xffffffff);
    table.set(thresholds.map((threshold) => threshold - 1));
    return { kernel: 'poisson', first, table, isFloat: isFloat(dtype) };
  },
  kernels: {
    poisson: ({ first, table, isFloat }) => [
      ['first', first],
      ['size', table.length],
      ['float', Number(isFloat)],
    ],
  },
};

/**
 * How many words give each count or a lesser one, of 2^32, from the first count on that has any, to the last one
 * that leaves any to others. All of it is +, * and / in float64, whose results are the same everywhere.
 */
function thresholdsOf(rate: number): { first: number; thresholds: number[] } {
  const mode = Math.floor(rate);
  // The probabilities, as multiples of that of the mode.
  const below: number[] = [];
  for (let k = mode, term = 1; k > 0 && (term *= k / rate) >= SMALLEST_TERM; k--) below.push(term);
  const terms = [...below.reverse(), 1];
  for (let k = mode + 1, term = 1; (term *= rate / k) >= SMALLEST_TERM; k++) terms.push(term);
  const sums: number[] = [];
  for (const term of terms) sums.push((sums[sums.length - 1] ?? 0) + term);
  const total = sums[sums.length - 1];
  const all = sums.map((sum) => thresholdOf(sum / total));
  const none = all.filter((threshold) => threshold === 0).length;
  return {
    first: mode - below.length + none,
    thresholds: all.slice(none).filter((threshold) => threshold < 2 ** 32),
  };
}
