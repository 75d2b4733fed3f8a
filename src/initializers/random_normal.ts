import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { readConfig } from './configured';
import { finite, nonNegative, type OptionTableOf, seed } from './options';
import { Random, type RandomOptions } from './random';

export interface RandomNormalOptions extends RandomOptions {
  /** The mean, a finite number. Default 0. */
  readonly mean?: number;
  /** The standard deviation, a finite number >= 0. Default 0.05. */
  readonly stddev?: number;
}

const OPTIONS = {
  seed,
  mean: finite(0),
  stddev: nonNegative(0.05),
} satisfies OptionTableOf<RandomNormalOptions>;

/** Normal values with a given mean and standard deviation, for every shape. */
export class RandomNormal extends Random<typeof OPTIONS> {
  /** @throws ArgumentError where a number is not finite, `stddev` is negative, or the seed cannot be right */
  constructor(options: RandomNormalOptions = {}) {
    super('RandomNormal', OPTIONS, options);
  }

  static fromConfig(config: unknown): RandomNormal {
    return new RandomNormal(readConfig('RandomNormal', OPTIONS, config));
  }

  resolve(shape: Shape): Draw {
    elementCount(shape);
    const { mean, stddev } = this.options;
    return { kind: 'normal', mean, stddev };
  }
}

/** The same as `new RandomNormal(options)`. */
export function randomNormal(options?: RandomNormalOptions): RandomNormal {
  return new RandomNormal(options);
}
