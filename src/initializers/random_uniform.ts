import type { Draw } from '../distributions/draw';
import { ArgumentError } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';
import { readConfig } from './configured';
import { finite, type OptionTableOf, seed } from './options';
import { Random, type RandomOptions } from './random';

export interface RandomUniformOptions extends RandomOptions {
  /** The lower end, which is included: a finite number. Default -0.05. */
  readonly minval?: number;
  /** The upper end, which is excluded: a finite number >= `minval`. Default 0.05. */
  readonly maxval?: number;
}

const OPTIONS = {
  seed,
  minval: finite(-0.05),
  maxval: finite(0.05),
} satisfies OptionTableOf<RandomUniformOptions>;

/**
 * Uniform values in [minval, maxval), for every shape. Where both ends are equal, every value is that
 * number.
 */
export class RandomUniform extends Random<typeof OPTIONS> {
  /**
   * @throws ArgumentError where a number is not finite, `maxval` is below `minval`, or the seed cannot be
   * right
   */
  constructor(options: RandomUniformOptions = {}) {
    super('RandomUniform', OPTIONS, options);
    const { minval, maxval } = this.options;
    if (maxval < minval) throw new ArgumentError(`maxval must be >= minval = ${minval}, got ${maxval}`);
  }

  static fromConfig(config: unknown): RandomUniform {
    return new RandomUniform(readConfig('RandomUniform', OPTIONS, config));
  }

  resolve(shape: Shape): Draw {
    elementCount(shape);
    return { kind: 'uniform', low: this.options.minval, high: this.options.maxval };
  }
}

/** The same as `new RandomUniform(options)`. */
export function randomUniform(options?: RandomUniformOptions): RandomUniform {
  return new RandomUniform(options);
}
