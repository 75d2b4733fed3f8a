import { ArgumentError, show } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { readConfig } from './configured';
import { type Option, type OptionTableOf, seed } from './options';
import { Random, type RandomOptions } from './random';

/**
 * The options of `Bernoulli`.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const options: initializers.BernoulliOptions = { probability: 0.1, seed: 7 };
 * console.log(initializers.bernoulli(options).seed); // 7n
 * ```
 */
export interface BernoulliOptions extends RandomOptions {
  /** The probability of 1, in [0, 1]. It is rounded to a multiple of 2^-32. Default 0.5. */
  readonly probability?: number;
}

const probability: Option<number> = {
  initial: 0.5,
  check(name, value) {
    if (typeof value === 'number' && value >= 0 && value <= 1) return value;
    throw new ArgumentError(`${name} must be a number in [0, 1], got ${show(value)}`);
  },
};

const OPTIONS = { seed, probability } satisfies OptionTableOf<BernoulliOptions>;

/**
 * Fills a tensor of any shape with 1 and 0: 1 with a probability, 0 otherwise.
 *
 * The dtype is float32, or float16, bfloat16, uint8, int8, uint32 or int32. All have the same outcomes. Keras has
 * no such initializer, so its JSON has the registered name 'tensorseed>Bernoulli'.
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const mask = await sampler.fill(new initializers.Bernoulli({ probability: 0.9 }), [100_000], {
 *   seed: 42,
 *   dtype: 'uint8',
 * });
 * const kept = (await mask.float32()).reduce((sum, x) => sum + x, 0);
 * console.log((kept / 100_000).toFixed(2)); // 0.90
 * sampler.destroy();
 * ```
 */
export class Bernoulli extends Random<BernoulliOptions> {
  /** @throws ArgumentError where the probability is not in [0, 1], the seed cannot be right, or a key is unknown */
  constructor(options: BernoulliOptions = {}) {
    super('Bernoulli', OPTIONS, options);
  }

  /**
   * Makes the initializer that a configuration describes.
   * @param config an object with the keys `seed` and `probability`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * const initializer = initializers.Bernoulli.fromConfig({ probability: 0.1 });
   * console.log(initializer.getConfig()); // { seed: null, probability: 0.1 }
   * ```
   */
  static fromConfig(config: unknown): Bernoulli {
    return new Bernoulli(readConfig('Bernoulli', OPTIONS, config));
  }

  /**
   * Returns the draw, which is the same for every shape.
   * @throws ArgumentError where the shape is malformed
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * const draw = initializers.bernoulli({ probability: 0.1 }).resolve([4]);
   * console.log(draw); // { kind: 'bernoulli', probability: 0.1 }
   * ```
   */
  resolve(shape: Shape): Draw {
    elementCount(shape);
    return { kind: 'bernoulli', probability: this.options.probability };
  }
}

/**
 * Makes a `Bernoulli` initializer: the same as `new Bernoulli(options)`.
 * @throws ArgumentError where the probability is not in [0, 1], the seed cannot be right, or a key is unknown
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * console.log(initializers.bernoulli({ probability: 0.1, seed: 7 }).seed); // 7n
 * ```
 */
export function bernoulli(options?: BernoulliOptions): Bernoulli {
  return new Bernoulli(options);
}
