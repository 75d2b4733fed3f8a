import { logistic as distribution } from '../distributions/logistic';
import { readConfig } from './configured';
import { LOCATION_SCALE, LocationScale } from './location_scale';
import type { RandomOptions } from './random';
import type { Row } from './registry';

/**
 * The options of `Logistic`.
 *
 * @example
 * ```ts
 * import { logistic, type LogisticOptions } from 'tensorseed/distributions';
 *
 * const options: LogisticOptions = { loc: 3, seed: 7 };
 * console.log(logistic(options).seed); // 7n
 * ```
 */
export interface LogisticOptions extends RandomOptions {
  /** The mean, a finite number. Default 0. */
  readonly loc?: number;
  /** The scale, a finite number >= 0. Default 1. */
  readonly scale?: number;
}

/**
 * Fills a tensor of any shape with logistic values, the logits of uniform ones.
 *
 * With z = (x - loc) / scale the density is exp(-z) / (scale (1 + exp(-z))^2). No value is more than 22.88 scales
 * from the location. Where `scale` is 0, every value is the location.
 * Keras has no such initializer, so its JSON has the registered name 'tensorseed>Logistic'.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions, 1995, chapter 23
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { Logistic } from 'tensorseed/distributions';
 *
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill(new Logistic({ loc: 3 }), [100_000], { seed: 42 });
 * const values = await tensor.float32();
 * const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
 * console.log(mean.toFixed(1)); // 3.0
 * sampler.destroy();
 * ```
 */
export class Logistic extends LocationScale<LogisticOptions> {
  /**
   * @throws ArgumentError where a number is not finite, `scale` is negative, the seed cannot be right, or
   *   a key is unknown
   */
  constructor(options: LogisticOptions = {}) {
    super(LOGISTIC, options, 'logistic', distribution);
  }

  /**
   * Makes the initializer that a configuration describes.
   * @param config an object with the keys `seed`, `loc` and `scale`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { Logistic } from 'tensorseed/distributions';
   *
   * const initializer = Logistic.fromConfig({ loc: 3 });
   * console.log(initializer.getConfig()); // { seed: null, loc: 3, scale: 1 }
   * ```
   */
  static fromConfig(config: unknown): Logistic {
    return new Logistic(readConfig('Logistic', LOCATION_SCALE, config));
  }
}

/**
 * Makes a `Logistic` initializer: the same as `new Logistic(options)`.
 * @throws ArgumentError where a number is not finite, `scale` is negative, the seed cannot be right, or
 *   a key is unknown
 *
 * @example
 * ```ts
 * import { logistic } from 'tensorseed/distributions';
 *
 * console.log(logistic({ loc: 3, seed: 7 }).seed); // 7n
 * ```
 */
export function logistic(options?: LogisticOptions): Logistic {
  return new Logistic(options);
}

/** Its row among the initializers. */
export const LOGISTIC: Row = {
  name: 'Logistic',
  type: Logistic,
  factory: logistic,
  registeredName: 'tensorseed>Logistic',
};
