import { ArgumentError, show } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { readConfig } from './configured';
import { finite, nonNegative, type Option, type OptionTableOf, seed } from './options';
import { Random } from './random';
import type { RandomNormalOptions } from './random_normal';

/**
 * The options of `TruncatedNormal`.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const options: initializers.TruncatedNormalOptions = { stddev: 0.02, lower: -3, upper: 3 };
 * console.log(initializers.truncatedNormal(options).options.upper); // 3
 * ```
 */
export interface TruncatedNormalOptions extends RandomNormalOptions {
  /**
   * The lower bound in standard deviations from the mean, less than `upper`. -Infinity means no bound.
   * Default -2. Keras's own TruncatedNormal has no such option.
   */
  readonly lower?: number;
  /**
   * The upper bound in standard deviations from the mean, more than `lower`. Infinity means no bound. Default
   * 2. Keras's own TruncatedNormal has no such option.
   */
  readonly upper?: number;
}

/**
 * A bound, which the infinity `none` switches off. JSON has no infinities, so a configuration has null in
 * its place. The default is left out of the configuration, so that Keras can read it.
 */
const bound = (initial: number, none: number): Option<number> => ({
  initial,
  check(name, value) {
    if (typeof value !== 'number' || Number.isNaN(value)) {
      throw new ArgumentError(`${name} must be a number, or infinite, got ${show(value)}`);
    }
    return value;
  },
  fromConfig: (_, value) => (value === null ? none : value),
  toConfig(value) {
    if (value === initial) return undefined;
    return value === none ? null : value;
  },
});

const OPTIONS = {
  seed,
  mean: finite(0),
  stddev: nonNegative(0.05),
  lower: bound(-2, -Infinity),
  upper: bound(2, Infinity),
} satisfies OptionTableOf<TruncatedNormalOptions>;

/**
 * Fills a tensor of any shape with normal values between two bounds.
 *
 * The density is that of RandomNormal between mean + lower stddev and mean + upper stddev, divided by the
 * probability of that interval, and 0 elsewhere. As in Keras, `stddev` is that of the normal before it is
 * cut: with the default bounds the standard deviation of the values is 0.8796 stddev. An interval that
 * holds less than 1/64 of the normal is refused when the tensor is filled.
 * @see keras/src/initializers/random_initializers.py, TruncatedNormal
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill(new initializers.TruncatedNormal(), [1000], { seed: 42 });
 * console.log((await tensor.float32()).every((x) => Math.abs(x) < 0.1)); // true
 * sampler.destroy();
 * ```
 */
export class TruncatedNormal extends Random<TruncatedNormalOptions> {
  /**
   * @throws ArgumentError where `mean` or `stddev` is not finite, `stddev` is negative, `lower` is not below
   *   `upper`, the seed cannot be right, or a key is unknown
   */
  constructor(options: TruncatedNormalOptions = {}) {
    super('TruncatedNormal', OPTIONS, options);
    const { lower, upper } = this.options;
    if (!(lower < upper)) throw new ArgumentError(`lower must be below upper = ${upper}, got ${lower}`);
  }

  /**
   * Makes the initializer that Keras's configuration describes.
   * @param config an object with the keys `seed`, `mean`, `stddev`, `lower` and `upper`, any of which may be
   *   missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * const initializer = initializers.TruncatedNormal.fromConfig({ stddev: 0.02, seed: 7 });
   * console.log(initializer.getConfig()); // { seed: 7, mean: 0, stddev: 0.02 }
   * ```
   */
  static fromConfig(config: unknown): TruncatedNormal {
    return new TruncatedNormal(readConfig('TruncatedNormal', OPTIONS, config));
  }

  /**
   * Returns the draw of truncated normal values, which is the same for every shape.
   * @throws ArgumentError where the shape is malformed
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * const draw = initializers.truncatedNormal({ upper: Infinity }).resolve([100]);
   * console.log(draw.kind === 'truncated_normal' && [draw.lower, draw.upper]); // [ -2, Infinity ]
   * ```
   */
  resolve(shape: Shape): Draw {
    elementCount(shape);
    const { mean, stddev, lower, upper } = this.options;
    return { kind: 'truncated_normal', mean, stddev, lower, upper };
  }
}

/**
 * Makes a `TruncatedNormal` initializer: the same as `new TruncatedNormal(options)`.
 * @throws ArgumentError where `mean` or `stddev` is not finite, `stddev` is negative, `lower` is not below
 *   `upper`, the seed cannot be right, or a key is unknown
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const initializer = initializers.truncatedNormal({ stddev: 0.02, seed: 7 });
 * console.log(initializer.getConfig()); // { seed: 7, mean: 0, stddev: 0.02 }
 * ```
 */
export function truncatedNormal(options?: TruncatedNormalOptions): TruncatedNormal {
  return new TruncatedNormal(options);
}
