import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { exponential as distribution } from '../distributions/exponential';
import { readConfig } from './configured';
import { nonNegative, type OptionTableOf, seed } from './options';
import type { RandomOptions } from './random';
import type { Row } from './registry';
import { Sampled } from './sampled';

/**
 * The options of `Exponential`.
 *
 * @example
 * ```ts
 * import { exponential, type ExponentialOptions } from 'tensorseed/distributions';
 *
 * const options: ExponentialOptions = { scale: 2, seed: 7 };
 * console.log(exponential(options).seed); // 7n
 * ```
 */
export interface ExponentialOptions extends RandomOptions {
  /** The mean, a finite number >= 0: the inverse of the rate. Default 1. */
  readonly scale?: number;
}

const OPTIONS = {
  seed,
  scale: nonNegative(1),
} satisfies OptionTableOf<ExponentialOptions>;

/**
 * Fills a tensor of any shape with exponential values.
 *
 * The density is exp(-x / scale) / scale for x >= 0. No value is more than 22.88 times the scale, and none but
 * those that the dtype rounds to 0 is 0. Where `scale` is 0, every value is 0.
 * Keras has no such initializer, so its JSON has the registered name 'tensorseed>Exponential'.
 * @see Devroye, Non-Uniform Random Variate Generation, 1986, section II.2.1
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { Exponential } from 'tensorseed/distributions';
 *
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill(new Exponential({ scale: 2 }), [100_000], { seed: 42 });
 * const values = await tensor.float32();
 * const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
 * console.log(mean.toFixed(1)); // 2.0
 * sampler.destroy();
 * ```
 */
export class Exponential extends Sampled<ExponentialOptions> {
  /**
   * @throws ArgumentError where a number is not finite, `scale` is negative, the seed cannot be right, or
   *   a key is unknown
   */
  constructor(options: ExponentialOptions = {}) {
    super(EXPONENTIAL, OPTIONS, options, 'exponential', distribution);
  }

  /**
   * Makes the initializer that a configuration describes.
   * @param config an object with the keys `seed` and `scale`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { Exponential } from 'tensorseed/distributions';
   *
   * const initializer = Exponential.fromConfig({ scale: 2 });
   * console.log(initializer.getConfig()); // { seed: null, scale: 2 }
   * ```
   */
  static fromConfig(config: unknown): Exponential {
    return new Exponential(readConfig('Exponential', OPTIONS, config));
  }

  /**
   * Returns the draw, which is the same for every shape.
   * @throws ArgumentError where the shape is malformed
   *
   * @example
   * ```ts
   * import { exponential } from 'tensorseed/distributions';
   *
   * const draw = exponential({ scale: 2 }).resolve([4]);
   * console.log(draw); // { kind: 'exponential', scale: 2 }
   * ```
   */
  resolve(shape: Shape): Draw {
    elementCount(shape);
    const { scale } = this.options;
    return { kind: 'exponential', scale };
  }
}

/**
 * Makes a `Exponential` initializer: the same as `new Exponential(options)`.
 * @throws ArgumentError where a number is not finite, `scale` is negative, the seed cannot be right, or
 *   a key is unknown
 *
 * @example
 * ```ts
 * import { exponential } from 'tensorseed/distributions';
 *
 * console.log(exponential({ scale: 2, seed: 7 }).seed); // 7n
 * ```
 */
export function exponential(options?: ExponentialOptions): Exponential {
  return new Exponential(options);
}

/** Its row among the initializers. */
export const EXPONENTIAL: Row = {
  name: 'Exponential',
  type: Exponential,
  factory: exponential,
  registeredName: 'tensorseed>Exponential',
};
