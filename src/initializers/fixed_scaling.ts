import type { Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { readConfig } from './configured';
import { FAN_OPTIONS, type FanOptions } from './fan_options';
import { Random } from './random';
import { type Distribution, type FanMode, type Scaling, scaledDraw } from './variance_scaling';

/** An initializer that divides a fixed scale by a fixed fan to get its variance. */
export abstract class FixedScaling extends Random<FanOptions> {
  declare private readonly scaling: Scaling; // like the table of Configured

  protected constructor(className: string, scaling: Scaling, options: FanOptions) {
    super(className, FAN_OPTIONS, options);
    Object.defineProperty(this, 'scaling', { value: scaling });
  }

  /**
   * Returns the draw whose spread follows from the fans of the shape.
   * @param shape of any rank; see `computeFans`
   * @throws ArgumentError where the shape is malformed, or does not have one of the axes
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * const draw = initializers.heUniform().resolve([6, 128]);
   * console.log(draw); // { kind: 'uniform', low: -1, high: 1 }
   * ```
   */
  resolve(shape: Shape): Draw {
    return scaledDraw(shape, this.scaling, this.options);
  }
}

/** What the classes below have in common. */
export interface FixedScalingClass {
  /** @throws ArgumentError for a seed or axes that cannot be right, and for an unknown key */
  new (options?: FanOptions): FixedScaling;
  /**
   * Makes the initializer that Keras's configuration describes.
   * @param config an object with the keys `seed`, `input_axes` and `output_axes`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * console.log(initializers.HeNormal.fromConfig({ seed: 7 }).seed); // 7n
   * ```
   */
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
 * Fills a tensor with truncated normal values of mean 0 and variance 2 / (fan_in + fan_out).
 *
 * The normal is cut at two standard deviations, and 2 / (fan_in + fan_out) is the variance after the cut.
 * The fans follow from the shape, as `computeFans` says. It is also called Xavier's normal initializer.
 * @see Glorot and Bengio, 2010, https://proceedings.mlr.press/v9/glorot10a.html
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const kernel = await sampler.fill(new initializers.GlorotNormal(), [1024, 512], { seed: 42 });
 * const values = await kernel.float32();
 * const variance = values.reduce((sum, x) => sum + x * x, 0) / values.length;
 * console.log(variance.toFixed(4)); // 0.0013
 * sampler.destroy();
 * ```
 */
export class GlorotNormal extends scaling('GlorotNormal', 1, 'fan_avg', 'truncated_normal') {}

/**
 * Fills a tensor with uniform values in [-limit, limit), where limit is sqrt(6 / (fan_in + fan_out)).
 *
 * The mean is 0 and the variance is 2 / (fan_in + fan_out). The fans follow from the shape, as `computeFans`
 * says. It is also called Xavier's uniform initializer.
 * @see Glorot and Bengio, 2010, https://proceedings.mlr.press/v9/glorot10a.html
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const kernel = await sampler.fill(new initializers.GlorotUniform(), [2, 4], { seed: 42 });
 * const values = await kernel.float32();
 * console.log(values.every((x) => x >= -1 && x < 1)); // true
 * sampler.destroy();
 * ```
 */
export class GlorotUniform extends scaling('GlorotUniform', 1, 'fan_avg', 'uniform') {}

/**
 * Fills a tensor with truncated normal values of mean 0 and variance 2 / fan_in.
 *
 * The normal is cut at two standard deviations, and 2 / fan_in is the variance after the cut. The fans
 * follow from the shape, as `computeFans` says.
 * @see He et al., 2015, https://arxiv.org/abs/1502.01852
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const kernel = await sampler.fill(new initializers.HeNormal(), [3, 3, 64, 128], { seed: 42 });
 * const values = await kernel.float32();
 * const variance = values.reduce((sum, x) => sum + x * x, 0) / values.length;
 * console.log(variance.toFixed(4)); // 0.0035
 * sampler.destroy();
 * ```
 */
export class HeNormal extends scaling('HeNormal', 2, 'fan_in', 'truncated_normal') {}

/**
 * Fills a tensor with uniform values in [-limit, limit), where limit is sqrt(6 / fan_in).
 *
 * The mean is 0 and the variance is 2 / fan_in. The fans follow from the shape, as `computeFans` says.
 * @see He et al., 2015, https://arxiv.org/abs/1502.01852
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const kernel = await sampler.fill(new initializers.HeUniform(), [6, 10], { seed: 42 });
 * const values = await kernel.float32();
 * console.log(values.every((x) => x >= -1 && x < 1)); // true
 * sampler.destroy();
 * ```
 */
export class HeUniform extends scaling('HeUniform', 2, 'fan_in', 'uniform') {}

/**
 * Fills a tensor with truncated normal values of mean 0 and variance 1 / fan_in.
 *
 * The normal is cut at two standard deviations, and 1 / fan_in is the variance after the cut. The fans
 * follow from the shape, as `computeFans` says.
 * @see LeCun et al., 1998, http://yann.lecun.com/exdb/publis/pdf/lecun-98b.pdf
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const kernel = await sampler.fill(new initializers.LecunNormal(), [784, 128], { seed: 42 });
 * const values = await kernel.float32();
 * const variance = values.reduce((sum, x) => sum + x * x, 0) / values.length;
 * console.log(variance.toFixed(4)); // 0.0013
 * sampler.destroy();
 * ```
 */
export class LecunNormal extends scaling('LecunNormal', 1, 'fan_in', 'truncated_normal') {}

/**
 * Fills a tensor with uniform values in [-limit, limit), where limit is sqrt(3 / fan_in).
 *
 * The mean is 0 and the variance is 1 / fan_in. The fans follow from the shape, as `computeFans` says.
 * @see LeCun et al., 1998, http://yann.lecun.com/exdb/publis/pdf/lecun-98b.pdf
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const kernel = await sampler.fill(new initializers.LecunUniform(), [3, 10], { seed: 42 });
 * const values = await kernel.float32();
 * console.log(values.every((x) => x >= -1 && x < 1)); // true
 * sampler.destroy();
 * ```
 */
export class LecunUniform extends scaling('LecunUniform', 1, 'fan_in', 'uniform') {}

/**
 * Makes a `GlorotNormal` initializer: the same as `new GlorotNormal(options)`.
 * @throws ArgumentError for a seed or axes that cannot be right, and for an unknown key
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const initializer = initializers.glorotNormal({ seed: 7 });
 * console.log(initializer.className, initializer.seed); // GlorotNormal 7n
 * ```
 */
export const glorotNormal = (options?: FanOptions): GlorotNormal => new GlorotNormal(options);

/**
 * Makes a `GlorotUniform` initializer: the same as `new GlorotUniform(options)`.
 * @throws ArgumentError for a seed or axes that cannot be right, and for an unknown key
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const initializer = initializers.glorotUniform({ seed: 7 });
 * console.log(initializer.className, initializer.seed); // GlorotUniform 7n
 * ```
 */
export const glorotUniform = (options?: FanOptions): GlorotUniform => new GlorotUniform(options);

/**
 * Makes a `HeNormal` initializer: the same as `new HeNormal(options)`.
 * @throws ArgumentError for a seed or axes that cannot be right, and for an unknown key
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const initializer = initializers.heNormal({ seed: 7 });
 * console.log(initializer.className, initializer.seed); // HeNormal 7n
 * ```
 */
export const heNormal = (options?: FanOptions): HeNormal => new HeNormal(options);

/**
 * Makes a `HeUniform` initializer: the same as `new HeUniform(options)`.
 * @throws ArgumentError for a seed or axes that cannot be right, and for an unknown key
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const initializer = initializers.heUniform({ seed: 7 });
 * console.log(initializer.className, initializer.seed); // HeUniform 7n
 * ```
 */
export const heUniform = (options?: FanOptions): HeUniform => new HeUniform(options);

/**
 * Makes a `LecunNormal` initializer: the same as `new LecunNormal(options)`.
 * @throws ArgumentError for a seed or axes that cannot be right, and for an unknown key
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const initializer = initializers.lecunNormal({ seed: 7 });
 * console.log(initializer.className, initializer.seed); // LecunNormal 7n
 * ```
 */
export const lecunNormal = (options?: FanOptions): LecunNormal => new LecunNormal(options);

/**
 * Makes a `LecunUniform` initializer: the same as `new LecunUniform(options)`.
 * @throws ArgumentError for a seed or axes that cannot be right, and for an unknown key
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const initializer = initializers.lecunUniform({ seed: 7 });
 * console.log(initializer.className, initializer.seed); // LecunUniform 7n
 * ```
 */
export const lecunUniform = (options?: FanOptions): LecunUniform => new LecunUniform(options);
