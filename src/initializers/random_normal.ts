import type { Draw } from '../distributions/draw';
import { elementCount, type Shape } from '../core/shape';
import { readConfig } from './configured';
import { type FieldsOf, finite, nonNegative, seed } from './fields';
import { Random, type RandomOptions } from './random';

export interface RandomNormalOptions extends RandomOptions {
  /** Default 0. */
  readonly mean?: number;
  /** The standard deviation, >= 0. Default 0.05. */
  readonly stddev?: number;
}

const FIELDS = { seed, mean: finite(0), stddev: nonNegative(0.05) } satisfies FieldsOf<RandomNormalOptions>;

/** Normal values of a given mean and standard deviation, for every shape. */
export class RandomNormal extends Random<typeof FIELDS> {
  /** @throws ArgumentError where a number is not finite or `stddev` is negative, or for a bad seed */
  constructor(options: RandomNormalOptions = {}) {
    super('RandomNormal', FIELDS, options);
  }

  static fromConfig(config: unknown): RandomNormal {
    return new RandomNormal(readConfig('RandomNormal', FIELDS, config));
  }

  resolve(shape: Shape): Draw {
    elementCount(shape);
    const { mean, stddev } = this.options;
    return { kind: 'normal', mean, stddev };
  }
}

export function randomNormal(options?: RandomNormalOptions): RandomNormal {
  return new RandomNormal(options);
}
