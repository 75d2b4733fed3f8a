import { integerIn } from '../core/check';
import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { checkReach, permutation as distribution } from '../distributions/permutation';
import { readConfig } from './configured';
import { type Option, type OptionTableOf, seed } from './options';
import type { RandomOptions } from './random';
import type { Row } from './registry';
import { Sampled } from './sampled';

/**
 * The options of `Permutation`.
 *
 * @example
 * ```ts
 * import { permutation, type PermutationOptions } from 'tensorseed/distributions';
 *
 * const options: PermutationOptions = { size: 1000, seed: 7 };
 * console.log(permutation(options).seed); // 7n
 * ```
 */
export interface PermutationOptions extends RandomOptions {
  /**
   * It permutes the integers in [0, size): an integer in [0, 2^32], or null for the number of elements of the
   * tensor. Default null.
   */
  readonly size?: number | null;
}

const size: Option<number | null> = {
  initial: null,
  check: (name, value) => (value === null ? null : integerIn(name, value, 0, 2 ** 32)),
};

const OPTIONS = { seed, size } satisfies OptionTableOf<PermutationOptions>;

/**
 * Fills a tensor with a pseudorandom permutation of the integers in [0, `size`): element i is the integer in place
 * i, so a tensor of `size` elements has each of them once.
 *
 * Each element is computed alone, without memory and without sorting. So any range of a permutation of up to 2^32
 * integers can be filled, and the shards of a shuffled dataset need no word from one another. A tensor has any
 * shape of at most `size` elements. The dtype is uint32 or int32, which must hold `size` - 1. Keras has no such
 * initializer, so its JSON has the registered name 'tensorseed>Permutation'.
 *
 * It is a Feistel network of 8 rounds or more with cycle walking. It is no cipher that keeps a secret.
 * @see Black and Rogaway, 2002, https://doi.org/10.1007/3-540-45760-7_9
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { Permutation } from 'tensorseed/distributions';
 *
 * const sampler = await Sampler.create();
 * const order = await sampler.fill(new Permutation(), [10], { seed: 42 });
 * console.log([...(await order.data())].sort().join()); // 0,1,2,3,4,5,6,7,8,9
 * sampler.destroy();
 * ```
 */
export class Permutation extends Sampled<PermutationOptions> {
  /** @throws ArgumentError where the size is no integer in [0, 2^32], the seed cannot be right, or a key is unknown */
  constructor(options: PermutationOptions = {}) {
    super(PERMUTATION, OPTIONS, options, 'permutation', distribution);
  }

  /**
   * Makes the initializer that a configuration describes.
   * @param config an object with the keys `seed` and `size`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { Permutation } from 'tensorseed/distributions';
   *
   * const initializer = Permutation.fromConfig({ size: 10 });
   * console.log(initializer.getConfig()); // { seed: null, size: 10 }
   * ```
   */
  static fromConfig(config: unknown): Permutation {
    return new Permutation(readConfig('Permutation', OPTIONS, config));
  }

  /**
   * Returns the draw of a permutation.
   * @throws ArgumentError where the shape is malformed, or has more than `size` elements
   *
   * @example
   * ```ts
   * import { permutation } from 'tensorseed/distributions';
   *
   * console.log(permutation().resolve([4, 5])); // { kind: 'permutation', size: 20 }
   * ```
   */
  resolve(shape: Shape): Draw {
    const elements = elementCount(shape);
    const size = this.options.size ?? elements;
    checkReach(size, elements);
    return { kind: 'permutation', size };
  }
}

/**
 * Makes a `Permutation` initializer: the same as `new Permutation(options)`.
 * @throws ArgumentError where the size is no integer in [0, 2^32], the seed cannot be right, or a key is unknown
 *
 * @example
 * ```ts
 * import { permutation } from 'tensorseed/distributions';
 *
 * console.log(permutation({ size: 1000, seed: 7 }).seed); // 7n
 * ```
 */
export function permutation(options?: PermutationOptions): Permutation {
  return new Permutation(options);
}

/** Its row among the initializers. */
export const PERMUTATION: Row = {
  name: 'Permutation',
  type: Permutation,
  factory: permutation,
  registeredName: 'tensorseed>Permutation',
};
