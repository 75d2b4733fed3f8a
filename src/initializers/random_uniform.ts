import type { Draw } from '../distributions/draw';
import { ArgumentError } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';
import { readConfig } from './configured';
import { type FieldsOf, finite, seed } from './fields';
import { Random, type RandomOptions } from './random';

export interface RandomUniformOptions extends RandomOptions {
  /** The lower end, included. Default -0.05. */
  readonly minval?: number;
  /** The upper end, excluded, >= minval. Default 0.05. */
  readonly maxval?: number;
}

const FIELDS = { seed, minval: finite(-0.05), maxval: finite(0.05) } satisfies FieldsOf<RandomUniformOptions>;

/** Uniform values in [minval, maxval), for every shape; the one value where both are equal. */
export class RandomUniform extends Random<typeof FIELDS> {
  /** @throws ArgumentError where a number is not finite or `maxval` is below `minval`, or for a bad seed */
  constructor(options: RandomUniformOptions = {}) {
    super('RandomUniform', FIELDS, options);
    const { minval, maxval } = this.options;
    if (maxval < minval) throw new ArgumentError(`maxval must be >= minval = ${minval}, got ${maxval}`);
  }

  static fromConfig(config: unknown): RandomUniform {
    return new RandomUniform(readConfig('RandomUniform', FIELDS, config));
  }

  resolve(shape: Shape): Draw {
    elementCount(shape);
    return { kind: 'uniform', low: this.options.minval, high: this.options.maxval };
  }
}

export function randomUniform(options?: RandomUniformOptions): RandomUniform {
  return new RandomUniform(options);
}
