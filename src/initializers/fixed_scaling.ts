import type { Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { readConfig } from './configured';
import { FAN_OPTIONS, type FanOptions } from './fan_options';
import { Random } from './random';
import { type Distribution, type FanMode, type Scaling, scaledDraw } from './variance_scaling';

/** An initializer that scales its variance by the fans with a fixed scale, mode and distribution. */
export abstract class FixedScaling extends Random<typeof FAN_OPTIONS> {
  readonly #scaling: Scaling;

  constructor(className: string, scaling: Scaling, options: FanOptions) {
    super(className, FAN_OPTIONS, options);
    this.#scaling = scaling;
  }

  resolve(shape: Shape): Draw {
    return scaledDraw(shape, this.#scaling, this.options);
  }
}

/** What the classes below have in common. */
export interface FixedScalingClass {
  /** @throws ArgumentError for a seed or axes that cannot be right */
  new (options?: FanOptions): FixedScaling;
  /** @throws ArgumentError naming the key that is unknown, or whose value cannot be right */
  fromConfig<T>(this: new (options: FanOptions) => T, config: unknown): T;
}

function scaling(
  className: string,
  scale: number,
  mode: FanMode,
  distribution: Distribution,
): FixedScalingClass {
  return class extends FixedScaling {
    constructor(options: FanOptions = {}) {
      super(className, { scale, mode, distribution }, options);
    }

    static fromConfig<T>(this: new (options: FanOptions) => T, config: unknown): T {
      return new this(readConfig(className, FAN_OPTIONS, config));
    }
  };
}

/**
 * Normal values of mean 0 and variance 2 / (fan_in + fan_out), cut at two standard deviations; also
 * called Xavier's normal.
 * @see Glorot and Bengio, 2010, https://proceedings.mlr.press/v9/glorot10a.html
 */
export class GlorotNormal extends scaling('GlorotNormal', 1, 'fan_avg', 'truncated_normal') {}

/**
 * Uniform values in [-limit, limit), limit = sqrt(6 / (fan_in + fan_out)), of variance
 * 2 / (fan_in + fan_out); also called Xavier's uniform.
 * @see Glorot and Bengio, 2010, https://proceedings.mlr.press/v9/glorot10a.html
 */
export class GlorotUniform extends scaling('GlorotUniform', 1, 'fan_avg', 'uniform') {}

/**
 * Normal values of mean 0 and variance 2 / fan_in, cut at two standard deviations.
 * @see He et al., 2015, https://arxiv.org/abs/1502.01852
 */
export class HeNormal extends scaling('HeNormal', 2, 'fan_in', 'truncated_normal') {}

/**
 * Uniform values in [-limit, limit), limit = sqrt(6 / fan_in), of variance 2 / fan_in.
 * @see He et al., 2015, https://arxiv.org/abs/1502.01852
 */
export class HeUniform extends scaling('HeUniform', 2, 'fan_in', 'uniform') {}

/**
 * Normal values of mean 0 and variance 1 / fan_in, cut at two standard deviations.
 * @see LeCun et al., 1998, http://yann.lecun.com/exdb/publis/pdf/lecun-98b.pdf
 */
export class LecunNormal extends scaling('LecunNormal', 1, 'fan_in', 'truncated_normal') {}

/**
 * Uniform values in [-limit, limit), limit = sqrt(3 / fan_in), of variance 1 / fan_in.
 * @see LeCun et al., 1998, http://yann.lecun.com/exdb/publis/pdf/lecun-98b.pdf
 */
export class LecunUniform extends scaling('LecunUniform', 1, 'fan_in', 'uniform') {}

/** The same as `new GlorotNormal(options)`. */
export const glorotNormal = (options?: FanOptions): GlorotNormal => new GlorotNormal(options);

/** The same as `new GlorotUniform(options)`. */
export const glorotUniform = (options?: FanOptions): GlorotUniform => new GlorotUniform(options);

/** The same as `new HeNormal(options)`. */
export const heNormal = (options?: FanOptions): HeNormal => new HeNormal(options);

/** The same as `new HeUniform(options)`. */
export const heUniform = (options?: FanOptions): HeUniform => new HeUniform(options);

/** The same as `new LecunNormal(options)`. */
export const lecunNormal = (options?: FanOptions): LecunNormal => new LecunNormal(options);

/** The same as `new LecunUniform(options)`. */
export const lecunUniform = (options?: FanOptions): LecunUniform => new LecunUniform(options);
