import type { Draw } from '../distributions/draw';
import { ArgumentError, show } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';
import { readConfig } from './configured';
import { type Field, type FieldsOf, finite, nonNegative, seed } from './fields';
import { Random } from './random';
import type { RandomNormalOptions } from './random_normal';

export interface TruncatedNormalOptions extends RandomNormalOptions {
  /** In standard deviations from the mean, < upper, -Infinity for none. Default -2. Not in Keras. */
  readonly lower?: number;
  /** In standard deviations from the mean, > lower, Infinity for none. Default 2. Not in Keras. */
  readonly upper?: number;
}

/** JSON has no infinities: null stands for `none`. At its default it stays out of the config, which then is Keras's. */
const bound = (initial: number, none: number): Field<number> => ({
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

const FIELDS = {
  seed,
  mean: finite(0),
  stddev: nonNegative(0.05),
  lower: bound(-2, -Infinity),
  upper: bound(2, Infinity),
} satisfies FieldsOf<TruncatedNormalOptions>;

/**
 * Normal values of a given mean and standard deviation, redrawn until they lie within the
 * bounds, for every shape. As in Keras `stddev` is that of the normal before it is cut: between
 * -2 and 2 the values' own is 0.8796 of it.
 */
export class TruncatedNormal extends Random<typeof FIELDS> {
  /** @throws ArgumentError where a number is not as described above, or for a bad seed */
  constructor(options: TruncatedNormalOptions = {}) {
    super('TruncatedNormal', FIELDS, options);
    const { lower, upper } = this.options;
    if (!(lower < upper)) throw new ArgumentError(`lower must be below upper = ${upper}, got ${lower}`);
  }

  static fromConfig(config: unknown): TruncatedNormal {
    return new TruncatedNormal(readConfig('TruncatedNormal', FIELDS, config));
  }

  resolve(shape: Shape): Draw {
    elementCount(shape);
    const { mean, stddev, lower, upper } = this.options;
    return { kind: 'truncated_normal', mean, stddev, lower, upper };
  }
}

export function truncatedNormal(options?: TruncatedNormalOptions): TruncatedNormal {
  return new TruncatedNormal(options);
}
