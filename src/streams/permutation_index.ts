import { gridOf, permute } from '../arithmetic/permutation';
import { integerIn } from '../core/check';
import { WIDEST } from '../distributions/permutation';
import { Key, type Seed } from './key';
import { permutationWords } from './permutation_words';

/**
 * Returns the integer in place `index` of the permutation of [0, `size`) that `Permutation` fills with the same key. It
 * is computed alone on the CPU, in a few microseconds, so a data loader may ask for one example at a time.
 *
 * @param seed an integer in [0, 2^64), which beyond 2^53 - 1 must be a BigInt, or a key, such as
 *   `Key.from(42).fold('shuffle').fold(epoch)`. A fill with a `name` has the key `Key.from(seed).fold(name)`
 * @param size how many integers it permutes: an integer in [1, 2^53]
 * @param index an integer in [0, size)
 * @returns an integer in [0, size)
 * @throws ArgumentError where one of them cannot be right
 *
 * @example
 * ```ts
 * import { Key } from 'tensorseed';
 * import { permutationIndex } from 'tensorseed/distributions';
 *
 * const epoch = Key.from(42).fold(0);
 * const order = Array.from({ length: 5 }, (_, i) => permutationIndex(epoch, 5, i));
 * console.log(order.sort().join()); // 0,1,2,3,4
 * console.log(permutationIndex(epoch, 2 ** 53, 2 ** 53 - 1) < 2 ** 53); // true
 * ```
 */
export function permutationIndex(seed: Seed, size: number, index: number): number {
  const words = permutationWords(Key.from(seed));
  const grid = gridOf(integerIn('size', size, 1, WIDEST));
  return permute(grid, words, integerIn('index', index, 0, size - 1));
}
