import { integerIn } from '../core/check';
import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { randint as distribution } from '../distributions/randint';
import { readConfig } from './configured';
import { type Option, type OptionTableOf, seed } from './options';
import type { RandomOptions } from './random';
import type { Row } from './registry';
import { Sampled } from './sampled';

/**
 * The options of `Randint`.
 *
 * @example
 * ```ts
 * import { randint, type RandintOptions } from 'tensorseed/distributions';
 *
 * const options: RandintOptions = { low: 1, high: 7, seed: 7 };
 * console.log(randint(options).seed); // 7n
 * ```
 */
export interface RandintOptions extends RandomOptions {
  /** The least integer, one that the dtype holds. Default 0. */
  readonly low?: number;
  /** The end of the integers, which is not drawn: above `low`, and at most the largest of the dtype plus 1. Default 2. */
  readonly high?: number;
}

const integer = (initial: number): Option<number> => ({
  initial,
  check: (name, value) => integerIn(name, value, -(2 ** 31), 2 ** 32),
});

const OPTIONS = { seed, low: integer(0), high: integer(2) } satisfies OptionTableOf<RandintOptions>;

/**
 * Fills a tensor of any shape with integers in [`low`, `high`), each with exactly the same probability.
 *
 * The dtype is int32, or uint32, int8 or uint8. All of one span have the same outcomes. Keras has no such
 * initializer, so its JSON has the registered name 'tensorseed>Randint'.
 * @see Lemire, 2019, https://doi.org/10.1145/3230636
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { Randint } from 'tensorseed/distributions';
 *
 * const sampler = await Sampler.create();
 * const dice = await sampler.fill(new Randint({ low: 1, high: 7 }), [600_000], { seed: 42 });
 * const sixes = Array.from(await dice.data()).reduce((count, x) => count + Number(x === 6), 0);
 * console.log(dice.dtype, (sixes / 600_000).toFixed(2)); // int32 0.17
 * sampler.destroy();
 * ```
 */
export class Randint extends Sampled<RandintOptions> {
  /** @throws ArgumentError where a number is no integer in [-2^31, 2^32], the seed cannot be right, or a key is unknown */
  constructor(options: RandintOptions = {}) {
    super(RANDINT, OPTIONS, options, 'randint', distribution);
  }

  /**
   * Makes the initializer that a configuration describes.
   * @param config an object with the keys `seed`, `low` and `high`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { Randint } from 'tensorseed/distributions';
   *
   * const initializer = Randint.fromConfig({ high: 10 });
   * console.log(initializer.getConfig()); // { seed: null, low: 0, high: 10 }
   * ```
   */
  static fromConfig(config: unknown): Randint {
    return new Randint(readConfig('Randint', OPTIONS, config));
  }

  /**
   * Returns the draw of integers, which is the same for every shape.
   * @throws ArgumentError where the shape is malformed
   *
   * @example
   * ```ts
   * import { randint } from 'tensorseed/distributions';
   *
   * const draw = randint({ high: 10 }).resolve([4]);
   * console.log(draw); // { kind: 'randint', low: 0, high: 10 }
   * ```
   */
  resolve(shape: Shape): Draw {
    elementCount(shape);
    const { low, high } = this.options;
    return { kind: 'randint', low, high };
  }
}

/**
 * Makes a `Randint` initializer: the same as `new Randint(options)`.
 * @throws ArgumentError where a number is no integer in [-2^31, 2^32], the seed cannot be right, or a key is unknown
 *
 * @example
 * ```ts
 * import { randint } from 'tensorseed/distributions';
 *
 * console.log(randint({ low: -5, high: 5, seed: 7 }).seed); // 7n
 * ```
 */
export function randint(options?: RandintOptions): Randint {
  return new Randint(options);
}

/** Its row among the initializers. */
export const RANDINT: Row = {
  name: 'Randint',
  type: Randint,
  factory: randint,
  registeredName: 'tensorseed>Randint',
};
