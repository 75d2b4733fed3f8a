import { log } from '../../arithmetic/elementary';
import { ArgumentError } from '../../core/errors';
import type { Key } from '../../streams/key';
import { streamBlock } from '../../streams/stream';
import { gumbel } from '../categorical/gumbel';
import type { Population } from './population';

/** Each element of what is chosen from is looked at. */
const MOST = 2 ** 24;

/** The least number of which `log` gives the logarithm. */
const LEAST_NORMAL = 2 ** -1022;

/**
 * Chooses indices without replacement: those of the largest values ln p + Gumbel deviate, the largest first, of equal
 * ones the lower index first. Each is then a choice from what the ones before it left (Yellott, The relationship
 * between Luce's choice axiom, Thurstone's theory of comparative judgment, and the double exponential distribution,
 * 1977; Vieira, Gumbel-max trick and weighted reservoir sampling, 2014).
 * @throws ArgumentError where there are fewer indices to choose than asked for, or too many to look at
 */
export function chooseDistinct(key: Key, population: Population, count: number): Uint32Array<ArrayBuffer> {
  const values = valuesOf(key, population);
  const possible = values.reduce((sum, value) => sum + (value > -Infinity ? 1 : 0), 0);
  if (count > possible) {
    throw new ArgumentError(
      `count must be at most ${possible} without replacement, the number of indices that can be chosen, got ${count}`,
    );
  }
  if (count === 0) return new Uint32Array(0);
  const least = Float64Array.from(values).sort()[values.length - count];
  const chosen: number[] = [];
  const equal: number[] = [];
  values.forEach((value, i) => {
    if (value > least) chosen.push(i);
    else if (value === least) equal.push(i);
  });
  chosen.sort((a, b) => values[b] - values[a] || a - b);
  return Uint32Array.from([...chosen, ...equal.slice(0, count - chosen.length)]);
}

/** ln p + Gumbel deviate of each index, as integers with 26 fractional bits; minus infinity where p is 0. */
function valuesOf(key: Key, population: Population): Float64Array {
  const size = typeof population === 'number' ? population : population.probabilities.length;
  if (size > MOST) {
    throw new ArgumentError(
      `population must be at most ${MOST} without replacement, got ${size}; fill a permutation instead`,
    );
  }
  const values = new Float64Array(size);
  const words = new Uint32Array(4);
  for (let i = 0; i < size; i++) {
    if (i % 4 === 0) streamBlock(key, i / 4, 0, 0, words);
    values[i] = logarithmOf(population, i) + gumbel(words[i % 4]);
  }
  return values;
}

/** ln p with 26 fractional bits. */
function logarithmOf(population: Population, index: number): number {
  if (typeof population === 'number') return 0;
  const p = population.probabilities[index];
  if (p === 0) return -Infinity;
  // Subnormal numbers are made normal. The product is exact.
  const shift = p < LEAST_NORMAL ? 64 : 0;
  return Math.round((log(p * 2 ** shift) - shift * log(2)) * 2 ** 26);
}
