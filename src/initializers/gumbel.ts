import { gumbel as distribution } from '../distributions/gumbel';
import { readConfig } from './configured';
import { LOCATION_SCALE, LocationScale } from './location_scale';
import type { RandomOptions } from './random';
import type { Row } from './registry';

/**
 * The options of `Gumbel`.
 *
 * @example
 * ```ts
 * import { gumbel, type GumbelOptions } from 'tensorseed/distributions';
 *
 * const options: GumbelOptions = { loc: 3, seed: 7 };
 * console.log(gumbel(options).seed); // 7n
 * ```
 */
export interface GumbelOptions extends RandomOptions {
  /** The mode, a finite number. Default 0. */
  readonly loc?: number;
  /** The scale, a finite number >= 0. Default 1. */
  readonly scale?: number;
}

/**
 * Fills a tensor of any shape with Gumbel values, the law of the largest of many.
 *
 * With z = (x - loc) / scale the density is exp(-z - exp(-z)) / scale. z lies between -3.13 and 22.88. The index of
 * the largest of logits + Gumbel values has the softmax of the logits for its law. Where `scale` is 0, every value
 * is the location.
 * Keras has no such initializer, so its JSON has the registered name 'tensorseed>Gumbel'.
 * @see Gumbel, Statistics of Extremes, 1958
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { Gumbel } from 'tensorseed/distributions';
 *
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill(new Gumbel({ loc: 3 }), [100_000], { seed: 42 });
 * const values = await tensor.float32();
 * const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
 * console.log(mean.toFixed(1)); // 3.6
 * sampler.destroy();
 * ```
 */
export class Gumbel extends LocationScale<GumbelOptions> {
  /**
   * @throws ArgumentError where a number is not finite, `scale` is negative, the seed cannot be right, or
   *   a key is unknown
   */
  constructor(options: GumbelOptions = {}) {
    super(GUMBEL, options, 'gumbel', distribution);
  }

  /**
   * Makes the initializer that a configuration describes.
   * @param config an object with the keys `seed`, `loc` and `scale`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { Gumbel } from 'tensorseed/distributions';
   *
   * const initializer = Gumbel.fromConfig({ loc: 3 });
   * console.log(initializer.getConfig()); // { seed: null, loc: 3, scale: 1 }
   * ```
   */
  static fromConfig(config: unknown): Gumbel {
    return new Gumbel(readConfig('Gumbel', LOCATION_SCALE, config));
  }
}

/**
 * Makes a `Gumbel` initializer: the same as `new Gumbel(options)`.
 * @throws ArgumentError where a number is not finite, `scale` is negative, the seed cannot be right, or
 *   a key is unknown
 *
 * @example
 * ```ts
 * import { gumbel } from 'tensorseed/distributions';
 *
 * console.log(gumbel({ loc: 3, seed: 7 }).seed); // 7n
 * ```
 */
export function gumbel(options?: GumbelOptions): Gumbel {
  return new Gumbel(options);
}

/** Its row among the initializers. */
export const GUMBEL: Row = {
  name: 'Gumbel',
  type: Gumbel,
  factory: gumbel,
  registeredName: 'tensorseed>Gumbel',
};
