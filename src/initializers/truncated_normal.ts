import { ArgumentError, show } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { readConfig } from './configured';
import { finite, nonNegative, type Option, type OptionTableOf, seed } from './options';
import { Random } from './random';
import type { RandomNormalOptions } from './random_normal';

export interface TruncatedNormalOptions extends RandomNormalOptions {
  /**
   * The lower bound in standard deviations from the mean, less than `upper`; -Infinity for none. Default -2.
   * Keras's own TruncatedNormal has no such option.
   */
  readonly lower?: number;
  /**
   * The upper bound in standard deviations from the mean, more than `lower`; Infinity for none. Default 2.
   * Keras's own TruncatedNormal has no such option.
   */
  readonly upper?: number;
}

/**
 * A bound that `none` switches off. JSON has no infinities, so null stands for `none` in a configuration.
 * The default is left out of it, so that Keras can read it.
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
 * Normal values with a given mean and standard deviation, redrawn until they are between the bounds,
 * for every shape. As in Keras, `stddev` belongs to the normal before it is cut: with the default bounds
 * the standard deviation of the values is 0.8796 times as large.
 */
export class TruncatedNormal extends Random<typeof OPTIONS> {
  /**
   * @throws ArgumentError where a number is not as TruncatedNormalOptions says, or the seed cannot be
   * right
   */
  constructor(options: TruncatedNormalOptions = {}) {
    super('TruncatedNormal', OPTIONS, options);
    const { lower, upper } = this.options;
    if (!(lower < upper)) throw new ArgumentError(`lower must be below upper = ${upper}, got ${lower}`);
  }

  static fromConfig(config: unknown): TruncatedNormal {
    return new TruncatedNormal(readConfig('TruncatedNormal', OPTIONS, config));
  }

  resolve(shape: Shape): Draw {
    elementCount(shape);
    const { mean, stddev, lower, upper } = this.options;
    return { kind: 'truncated_normal', mean, stddev, lower, upper };
  }
}

/** The same as `new TruncatedNormal(options)`. */
export function truncatedNormal(options?: TruncatedNormalOptions): TruncatedNormal {
  return new TruncatedNormal(options);
}
