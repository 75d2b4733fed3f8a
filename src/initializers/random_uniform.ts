import type { Draw } from '../distributions/draw';
import { ArgumentError } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';
import { readConfig } from './configured';
import { finite, type OptionTableOf, seed } from './options';
import { Random, type RandomOptions } from './random';

/**
 * The options of `RandomUniform`.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const options: initializers.RandomUniformOptions = { minval: 0, maxval: 1, seed: 7 };
 * console.log(initializers.randomUniform(options).seed); // 7n
 * ```
 */
export interface RandomUniformOptions extends RandomOptions {
  /** The lower end, which is included: a finite number. Default -0.05. */
  readonly minval?: number;
  /** The upper end, which is excluded: a finite number >= `minval`. Default 0.05. */
  readonly maxval?: number;
}

const OPTIONS = {
  seed,
  minval: finite(-0.05),
  maxval: finite(0.05),
} satisfies OptionTableOf<RandomUniformOptions>;

/**
 * Fills a tensor of any shape with uniform values in [minval, maxval).
 *
 * The density is 1 / (maxval - minval) in the interval. Where both ends are equal, every value is that
 * number.
 * @see keras/src/initializers/random_initializers.py, RandomUniform
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const uniform = new initializers.RandomUniform({ minval: 2, maxval: 5 });
 * const tensor = await sampler.fill(uniform, [1000], { seed: 42 });
 * console.log((await tensor.float32()).every((x) => x >= 2 && x < 5)); // true
 * sampler.destroy();
 * ```
 */
export class RandomUniform extends Random<RandomUniformOptions> {
  /**
   * @throws ArgumentError where a number is not finite, `maxval` is below `minval`, the seed cannot be
   *   right, or a key is unknown
   */
  constructor(options: RandomUniformOptions = {}) {
    super('RandomUniform', OPTIONS, options);
    const { minval, maxval } = this.options;
    if (maxval < minval) throw new ArgumentError(`maxval must be >= minval = ${minval}, got ${maxval}`);
  }

  /**
   * Makes the initializer that Keras's configuration describes.
   * @param config an object with the keys `seed`, `minval` and `maxval`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * const initializer = initializers.RandomUniform.fromConfig({ minval: 0, maxval: 1, seed: 7 });
   * console.log(initializer.getConfig()); // { seed: 7, minval: 0, maxval: 1 }
   * ```
   */
  static fromConfig(config: unknown): RandomUniform {
    return new RandomUniform(readConfig('RandomUniform', OPTIONS, config));
  }

  /**
   * Returns the draw of uniform values, which is the same for every shape.
   * @throws ArgumentError where the shape is malformed
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * const draw = initializers.randomUniform({ minval: 0, maxval: 1 }).resolve([100]);
   * console.log(draw); // { kind: 'uniform', low: 0, high: 1 }
   * ```
   */
  resolve(shape: Shape): Draw {
    elementCount(shape);
    return { kind: 'uniform', low: this.options.minval, high: this.options.maxval };
  }
}

/**
 * Makes a `RandomUniform` initializer: the same as `new RandomUniform(options)`.
 * @throws ArgumentError where a number is not finite, `maxval` is below `minval`, the seed cannot be
 *   right, or a key is unknown
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const initializer = initializers.randomUniform({ minval: 0, maxval: 1, seed: 7 });
 * console.log(initializer.getConfig()); // { seed: 7, minval: 0, maxval: 1 }
 * ```
 */
export function randomUniform(options?: RandomUniformOptions): RandomUniform {
  return new RandomUniform(options);
}
