import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { lognormal as distribution } from '../distributions/lognormal';
import { readConfig } from './configured';
import { finite, nonNegative, type OptionTableOf, seed } from './options';
import type { RandomOptions } from './random';
import type { Row } from './registry';
import { Sampled } from './sampled';

/**
 * The options of `Lognormal`.
 *
 * @example
 * ```ts
 * import { lognormal, type LognormalOptions } from 'tensorseed/distributions';
 *
 * const options: LognormalOptions = { mean: 3, seed: 7 };
 * console.log(lognormal(options).seed); // 7n
 * ```
 */
export interface LognormalOptions extends RandomOptions {
  /** The mean of the logarithm, a number in [-65536, 65536]. Default 0. */
  readonly mean?: number;
  /** The standard deviation of the logarithm, a number in [0, 65536]. Default 1. */
  readonly stddev?: number;
}

const OPTIONS = {
  seed,
  mean: finite(0),
  stddev: nonNegative(1),
} satisfies OptionTableOf<LognormalOptions>;

/**
 * Fills a tensor of any shape with values whose logarithms are normal.
 *
 * The density is exp(-((ln x - mean) / stddev)^2 / 2) / (x stddev sqrt(2 pi)) for x > 0. No logarithm is more than
 * 6.78 standard deviations from its mean. Where `stddev` is 0, every value is exp(mean).
 * Keras has no such initializer, so its JSON has the registered name 'tensorseed>Lognormal'.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions, 1994, chapter 14
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { Lognormal } from 'tensorseed/distributions';
 *
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill(new Lognormal({ mean: 3 }), [100_000], { seed: 42 });
 * const values = await tensor.float32();
 * const median = values.sort()[values.length / 2];
 * console.log(median.toFixed(1)); // 20.1
 * sampler.destroy();
 * ```
 */
export class Lognormal extends Sampled<LognormalOptions> {
  /**
   * @throws ArgumentError where a number is not finite, `stddev` is negative, the seed cannot be right, or
   *   a key is unknown
   */
  constructor(options: LognormalOptions = {}) {
    super(LOGNORMAL, OPTIONS, options, 'lognormal', distribution);
  }

  /**
   * Makes the initializer that a configuration describes.
   * @param config an object with the keys `seed`, `mean` and `stddev`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { Lognormal } from 'tensorseed/distributions';
   *
   * const initializer = Lognormal.fromConfig({ mean: 3 });
   * console.log(initializer.getConfig()); // { seed: null, mean: 3, stddev: 1 }
   * ```
   */
  static fromConfig(config: unknown): Lognormal {
    return new Lognormal(readConfig('Lognormal', OPTIONS, config));
  }

  /**
   * Returns the draw, which is the same for every shape.
   * @throws ArgumentError where the shape is malformed
   *
   * @example
   * ```ts
   * import { lognormal } from 'tensorseed/distributions';
   *
   * const draw = lognormal({ mean: 3 }).resolve([4]);
   * console.log(draw); // { kind: 'lognormal', mean: 3, stddev: 1 }
   * ```
   */
  resolve(shape: Shape): Draw {
    elementCount(shape);
    const { mean, stddev } = this.options;
    return { kind: 'lognormal', mean, stddev };
  }
}

/**
 * Makes a `Lognormal` initializer: the same as `new Lognormal(options)`.
 * @throws ArgumentError where a number is not finite, `stddev` is negative, the seed cannot be right, or
 *   a key is unknown
 *
 * @example
 * ```ts
 * import { lognormal } from 'tensorseed/distributions';
 *
 * console.log(lognormal({ mean: 3, seed: 7 }).seed); // 7n
 * ```
 */
export function lognormal(options?: LognormalOptions): Lognormal {
  return new Lognormal(options);
}

/** Its row among the initializers. */
export const LOGNORMAL: Row = {
  name: 'Lognormal',
  type: Lognormal,
  factory: lognormal,
  registeredName: 'tensorseed>Lognormal',
};
