import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { gamma as distribution } from '../distributions/gamma';
import { readConfig } from './configured';
import { nonNegative, positive, type OptionTableOf, seed } from './options';
import type { RandomOptions } from './random';
import type { Row } from './registry';
import { Sampled } from './sampled';

/**
 * The options of `Gamma`.
 *
 * @example
 * ```ts
 * import { gamma, type GammaOptions } from 'tensorseed/distributions';
 *
 * const options: GammaOptions = { concentration: 3, seed: 7 };
 * console.log(gamma(options).seed); // 7n
 * ```
 */
export interface GammaOptions extends RandomOptions {
  /** The shape parameter, a number in [2^-10, 2^20]. Default 1, for exponential values. */
  readonly concentration?: number;
  /** The scale, a finite number >= 0: the inverse of the rate. Default 1. */
  readonly scale?: number;
}

const OPTIONS = {
  seed,
  concentration: positive(1),
  scale: nonNegative(1),
} satisfies OptionTableOf<GammaOptions>;

/**
 * Fills a tensor of any shape with gamma values.
 *
 * The density is proportional to x^(concentration - 1) exp(-x / scale) for x >= 0, so that the mean is
 * concentration times scale. Values that the dtype rounds to 0 are many for a small concentration. Where `scale`
 * is 0, every value is 0. A quotient of such values has a beta or a Dirichlet distribution.
 * Keras has no such initializer, so its JSON has the registered name 'tensorseed>Gamma'.
 * @see Marsaglia and Tsang, A simple method for generating gamma variables, TOMS 26, 2000
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { Gamma } from 'tensorseed/distributions';
 *
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill(new Gamma({ concentration: 3, scale: 2 }), [100_000], { seed: 42 });
 * const values = await tensor.float32();
 * const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
 * console.log(mean.toFixed(1)); // 6.0
 * sampler.destroy();
 * ```
 */
export class Gamma extends Sampled<GammaOptions> {
  /**
   * @throws ArgumentError where a number is not finite, `concentration` is not positive, `scale` is negative, the seed cannot be right, or
   *   a key is unknown
   */
  constructor(options: GammaOptions = {}) {
    super(GAMMA, OPTIONS, options, 'gamma', distribution);
  }

  /**
   * Makes the initializer that a configuration describes.
   * @param config an object with the keys `seed`, `concentration` and `scale`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { Gamma } from 'tensorseed/distributions';
   *
   * const initializer = Gamma.fromConfig({ concentration: 3 });
   * console.log(initializer.getConfig()); // { seed: null, concentration: 3, scale: 1 }
   * ```
   */
  static fromConfig(config: unknown): Gamma {
    return new Gamma(readConfig('Gamma', OPTIONS, config));
  }

  /**
   * Returns the draw, which is the same for every shape.
   * @throws ArgumentError where the shape is malformed
   *
   * @example
   * ```ts
   * import { gamma } from 'tensorseed/distributions';
   *
   * const draw = gamma({ concentration: 3 }).resolve([4]);
   * console.log(draw); // { kind: 'gamma', concentration: 3, scale: 1 }
   * ```
   */
  resolve(shape: Shape): Draw {
    elementCount(shape);
    const { concentration, scale } = this.options;
    return { kind: 'gamma', concentration, scale };
  }
}

/**
 * Makes a `Gamma` initializer: the same as `new Gamma(options)`.
 * @throws ArgumentError where a number is not finite, `concentration` is not positive, `scale` is negative, the seed cannot be right, or
 *   a key is unknown
 *
 * @example
 * ```ts
 * import { gamma } from 'tensorseed/distributions';
 *
 * console.log(gamma({ concentration: 3, seed: 7 }).seed); // 7n
 * ```
 */
export function gamma(options?: GammaOptions): Gamma {
  return new Gamma(options);
}

/** Its row among the initializers. */
export const GAMMA: Row = {
  name: 'Gamma',
  type: Gamma,
  factory: gamma,
  registeredName: 'tensorseed>Gamma',
};
