import { laplace as distribution } from '../distributions/laplace';
import { readConfig } from './configured';
import { LOCATION_SCALE, LocationScale } from './location_scale';
import type { RandomOptions } from './random';
import type { Row } from './registry';

/**
 * The options of `Laplace`.
 *
 * @example
 * ```ts
 * import { laplace, type LaplaceOptions } from 'tensorseed/distributions';
 *
 * const options: LaplaceOptions = { loc: 3, seed: 7 };
 * console.log(laplace(options).seed); // 7n
 * ```
 */
export interface LaplaceOptions extends RandomOptions {
  /** The mean, a finite number. Default 0. */
  readonly loc?: number;
  /** The scale, a finite number >= 0. Default 1. */
  readonly scale?: number;
}

/**
 * Fills a tensor of any shape with Laplace values.
 *
 * The density is exp(-|x - loc| / scale) / (2 scale). No value is more than 22.19 scales from the location. Where
 * `scale` is 0, every value is the location.
 * Keras has no such initializer, so its JSON has the registered name 'tensorseed>Laplace'.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions, 1995, chapter 24
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { Laplace } from 'tensorseed/distributions';
 *
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill(new Laplace({ loc: 3 }), [100_000], { seed: 42 });
 * const values = await tensor.float32();
 * const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
 * console.log(mean.toFixed(1)); // 3.0
 * sampler.destroy();
 * ```
 */
export class Laplace extends LocationScale<LaplaceOptions> {
  /**
   * @throws ArgumentError where a number is not finite, `scale` is negative, the seed cannot be right, or
   *   a key is unknown
   */
  constructor(options: LaplaceOptions = {}) {
    super(LAPLACE, options, 'laplace', distribution);
  }

  /**
   * Makes the initializer that a configuration describes.
   * @param config an object with the keys `seed`, `loc` and `scale`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { Laplace } from 'tensorseed/distributions';
   *
   * const initializer = Laplace.fromConfig({ loc: 3 });
   * console.log(initializer.getConfig()); // { seed: null, loc: 3, scale: 1 }
   * ```
   */
  static fromConfig(config: unknown): Laplace {
    return new Laplace(readConfig('Laplace', LOCATION_SCALE, config));
  }
}

/**
 * Makes a `Laplace` initializer: the same as `new Laplace(options)`.
 * @throws ArgumentError where a number is not finite, `scale` is negative, the seed cannot be right, or
 *   a key is unknown
 *
 * @example
 * ```ts
 * import { laplace } from 'tensorseed/distributions';
 *
 * console.log(laplace({ loc: 3, seed: 7 }).seed); // 7n
 * ```
 */
export function laplace(options?: LaplaceOptions): Laplace {
  return new Laplace(options);
}

/** Its row among the initializers. */
export const LAPLACE: Row = {
  name: 'Laplace',
  type: Laplace,
  factory: laplace,
  registeredName: 'tensorseed>Laplace',
};
