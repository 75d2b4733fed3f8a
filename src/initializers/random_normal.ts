import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { readConfig } from './configured';
import { finite, nonNegative, type OptionTableOf, seed } from './options';
import { Random, type RandomOptions } from './random';

/**
 * The options of `RandomNormal`.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const options: initializers.RandomNormalOptions = { stddev: 0.02, seed: 7 };
 * console.log(initializers.randomNormal(options).seed); // 7n
 * ```
 */
export interface RandomNormalOptions extends RandomOptions {
  /** The mean, a finite number. Default 0. */
  readonly mean?: number;
  /** The standard deviation, a finite number >= 0. Default 0.05. */
  readonly stddev?: number;
}

const OPTIONS = {
  seed,
  mean: finite(0),
  stddev: nonNegative(0.05),
} satisfies OptionTableOf<RandomNormalOptions>;

/**
 * Fills a tensor of any shape with normal values.
 *
 * The density is exp(-((x - mean) / stddev)^2 / 2) / (stddev sqrt(2 pi)). No value is more than 6.78
 * standard deviations from the mean. Where `stddev` is 0, every value is the mean.
 * @see Box and Muller, 1958, https://doi.org/10.1214/aoms/1177706645
 * @see keras/src/initializers/random_initializers.py, RandomNormal
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill(new initializers.RandomNormal({ mean: 3 }), [100_000], { seed: 42 });
 * const values = await tensor.float32();
 * const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
 * console.log(mean.toFixed(2)); // 3.00
 * sampler.destroy();
 * ```
 */
export class RandomNormal extends Random<RandomNormalOptions> {
  /**
   * @throws ArgumentError where a number is not finite, `stddev` is negative, the seed cannot be right, or
   *   a key is unknown
   */
  constructor(options: RandomNormalOptions = {}) {
    super('RandomNormal', OPTIONS, options);
  }

  /**
   * Makes the initializer that Keras's configuration describes.
   * @param config an object with the keys `seed`, `mean` and `stddev`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * const initializer = initializers.RandomNormal.fromConfig({ stddev: 0.02 });
   * console.log(initializer.getConfig()); // { seed: null, mean: 0, stddev: 0.02 }
   * ```
   */
  static fromConfig(config: unknown): RandomNormal {
    return new RandomNormal(readConfig('RandomNormal', OPTIONS, config));
  }

  /**
   * Returns the draw of normal values, which is the same for every shape.
   * @throws ArgumentError where the shape is malformed
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * const draw = initializers.randomNormal({ stddev: 0.02 }).resolve([768, 768]);
   * console.log(draw); // { kind: 'normal', mean: 0, stddev: 0.02 }
   * ```
   */
  resolve(shape: Shape): Draw {
    elementCount(shape);
    const { mean, stddev } = this.options;
    return { kind: 'normal', mean, stddev };
  }
}

/**
 * Makes a `RandomNormal` initializer: the same as `new RandomNormal(options)`.
 * @throws ArgumentError where a number is not finite, `stddev` is negative, the seed cannot be right, or
 *   a key is unknown
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const initializer = initializers.randomNormal({ stddev: 0.02, seed: 7 });
 * console.log(initializer.getConfig()); // { seed: 7, mean: 0, stddev: 0.02 }
 * ```
 */
export function randomNormal(options?: RandomNormalOptions): RandomNormal {
  return new RandomNormal(options);
}
