import { integerIn, trueOrFalse } from '../core/check';
import { ArgumentError } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { provideDistribution } from '../distributions/parameters';
import { checkReach, permutation as distribution, WIDEST } from '../distributions/permutation';
import { checkWideReach, permutation_wide } from '../distributions/permutation_wide';
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
   * It permutes the integers in [0, size): an integer in [0, 2^32], or in [0, 2^53] where `wide` is true, or null for
   * as many as the tensor has room for. Default null.
   */
  readonly size?: number | null;
  /**
   * Whether each integer takes two elements, its low word and then its high word, in the dtype uint32. In memory these
   * are the bytes of a 64-bit integer, little-endian. Default false.
   */
  readonly wide?: boolean;
}

const size: Option<number | null> = {
  initial: null,
  check: (name, value) => (value === null ? null : integerIn(name, value, 0, WIDEST)),
};

const wide: Option<boolean> = { initial: false, check: trueOrFalse };

const OPTIONS = { seed, size, wide } satisfies OptionTableOf<PermutationOptions>;

/**
 * Fills a tensor with a pseudorandom permutation of the integers in [0, `size`): element i is the integer in place
 * i, so a tensor of `size` elements has each of them once.
 *
 * Each element is computed alone, without memory and without sorting. So any range of a permutation can be filled, and
 * the shards of a shuffled dataset need no word from one another. A tensor has any shape of at most `size` elements.
 * The dtype is uint32 or int32, which must hold `size` - 1. With `wide`, which goes up to 2^53 integers, a tensor is
 * uint32 and has an even number of elements, at most 2 `size`. `permutationIndex` computes one integer alone. Keras
 * has no such initializer, so its JSON has the registered name 'tensorseed>Permutation'.
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
  /**
   * @throws ArgumentError where the size is no integer in [0, 2^32], or in [0, 2^53] with `wide`, the seed cannot be
   *   right, or a key is unknown
   */
  constructor(options: PermutationOptions = {}) {
    super(PERMUTATION, OPTIONS, options, 'permutation', distribution);
    provideDistribution('permutation_wide', permutation_wide);
    const { size, wide } = this.options;
    if (!wide && size! > 2 ** 32)
      throw new ArgumentError(`size must be at most ${2 ** 32}, or wide must be true, got ${size}`);
  }

  /**
   * Makes the initializer that a configuration describes.
   * @param config an object with the keys `seed`, `size` and `wide`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { Permutation } from 'tensorseed/distributions';
   *
   * const initializer = Permutation.fromConfig({ size: 10 });
   * console.log(initializer.getConfig()); // { seed: null, size: 10, wide: false }
   * ```
   */
  static fromConfig(config: unknown): Permutation {
    return new Permutation(readConfig('Permutation', OPTIONS, config));
  }

  /**
   * Returns the draw of a permutation.
   * @throws ArgumentError where the shape is malformed, has more than `size` elements, or with `wide` more than twice
   *   as many or an odd number
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
    const { wide, size } = this.options;
    if (wide) {
      checkWideReach(size ?? elements, elements);
      return { kind: 'permutation_wide', size: size ?? elements / 2 };
    }
    checkReach(size ?? elements, elements);
    return { kind: 'permutation', size: size ?? elements };
  }
}

/**
 * Makes a `Permutation` initializer: the same as `new Permutation(options)`.
 * @throws ArgumentError where the size is no integer in [0, 2^32], or in [0, 2^53] with `wide`, the seed cannot be
 *   right, or a key is unknown
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
