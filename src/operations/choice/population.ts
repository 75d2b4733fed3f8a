import { ArgumentError, reading, show } from '../../core/errors';
import { integerIn } from '../../core/check';

/** What is chosen from: a number of equally likely indices, or the probability of each index. */
export type Population = number | { readonly probabilities: Float64Array };

/** The most probabilities. */
const MOST = 2 ** 24;

/**
 * @throws ArgumentError unless `value` is an integer in [1, 2^32], or an array of finite numbers >= 0 that are not all 0
 */
export function populationOf(value: unknown): Population {
  if (typeof value === 'number') return integerIn('population', value, 1, 2 ** 32);
  const probabilities = reading('population', () => {
    const isList = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
    if (!isList) {
      throw new ArgumentError(
        `population must be an integer in [1, 2^32] or an array of probabilities, got ${show(value)}`,
      );
    }
    const { length } = value as ArrayLike<number>;
    integerIn('the number of probabilities', length, 1, MOST);
    return Float64Array.from({ length }, (_, i) => probability((value as ArrayLike<unknown>)[i], i));
  });
  if (probabilities.some((each) => each > 0)) return { probabilities };
  throw new ArgumentError(`probabilities must not all be 0, got ${probabilities.length} of 0`);
}

function probability(value: unknown, index: number): number {
  if (typeof value === 'number' && value >= 0 && value < Infinity) return value;
  throw new ArgumentError(`probabilities[${index}] must be a finite number >= 0, got ${show(value)}`);
}

/** The number of indices that are chosen from. */
export function sizeOf(population: Population): number {
  return typeof population === 'number' ? population : population.probabilities.length;
}
