import type { Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { readConfig } from './configured';
import { FAN_OPTIONS, type FanOptions } from './fan_options';
import { computeFans } from './fans';
import { choice, type Option, type OptionTableOf, positive } from './options';
import { Random } from './random';

/**
 * The fan that the variance is divided by: fan_in, fan_out, their mean, fan_avg, or their geometric mean,
 * fan_geo_avg, which jax.nn.initializers has and Keras does not.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const mode: initializers.FanMode = 'fan_out';
 * console.log(initializers.varianceScaling({ mode }).options.mode); // fan_out
 * ```
 */
export type FanMode = 'fan_in' | 'fan_out' | 'fan_avg' | 'fan_geo_avg';

const MODES: readonly FanMode[] = ['fan_in', 'fan_out', 'fan_avg', 'fan_geo_avg'];

/**
 * The distribution of the values. A truncated normal is cut at two standard deviations.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const distribution: initializers.Distribution = 'uniform';
 * const draw = initializers.varianceScaling({ distribution }).resolve([3, 5]);
 * console.log(draw); // { kind: 'uniform', low: -1, high: 1 }
 * ```
 */
export type Distribution = 'uniform' | 'truncated_normal' | 'untruncated_normal';

const DISTRIBUTIONS: readonly Distribution[] = ['uniform', 'truncated_normal', 'untruncated_normal'];

/** The standard deviation of a standard normal that is cut at -2 and 2, with Keras's digits. */
export const TRUNCATED_STDDEV = 0.87962566103423978;

/** How the values follow from the fans: their variance is `scale` divided by the fan that `mode` names. */
export interface Scaling {
  readonly scale: number;
  readonly mode: FanMode;
  readonly distribution: Distribution;
}

/**
 * The options of `VarianceScaling`.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const options: initializers.VarianceScalingOptions = { scale: 2, mode: 'fan_avg', seed: 7 };
 * console.log(initializers.varianceScaling(options).seed); // 7n
 * ```
 */
export interface VarianceScalingOptions extends FanOptions {
  /** The variance is this number divided by the fan. It is a finite number > 0. Default 1. */
  readonly scale?: number;
  /** The fan that `scale` is divided by. Default 'fan_in'. Keras refuses a configuration with 'fan_geo_avg'. */
  readonly mode?: FanMode;
  /**
   * The distribution of the values, in upper or lower case. Default 'truncated_normal', of which 'normal'
   * is another name.
   */
  readonly distribution?: Distribution | 'normal';
}

const distribution: Option<Distribution> = {
  initial: 'truncated_normal',
  check(name, value) {
    const lower = typeof value === 'string' ? value.toLowerCase() : value;
    const known = lower === 'normal' ? 'truncated_normal' : DISTRIBUTIONS.find((one) => one === lower);
    return choice('truncated_normal', DISTRIBUTIONS).check(name, known ?? value);
  },
};

const { seed, inputAxes, outputAxes } = FAN_OPTIONS;
const OPTIONS = {
  seed,
  scale: positive(1),
  mode: choice('fan_in', MODES),
  distribution,
  inputAxes,
  outputAxes,
} satisfies OptionTableOf<VarianceScalingOptions>;

/**
 * Fills a tensor with random values of mean 0 and variance scale / max(1, fan).
 *
 * The fan is the one that `mode` names, and follows from the shape as `computeFans` says. With v for the
 * variance, a uniform has the limits [-sqrt(3 v), sqrt(3 v)), an untruncated normal has the standard
 * deviation sqrt(v), and a truncated normal has the variance v after the cut at two standard deviations.
 * @see keras/src/initializers/random_initializers.py, VarianceScaling
 * @see jax/_src/nn/initializers.py, variance_scaling, for fan_geo_avg
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const scaling = new initializers.VarianceScaling({ scale: 2, mode: 'fan_out', distribution: 'uniform' });
 * const kernel = await sampler.fill(scaling, [10, 6], { seed: 42 });
 * console.log((await kernel.float32()).every((x) => x >= -1 && x < 1)); // true
 * sampler.destroy();
 * ```
 */
export class VarianceScaling extends Random<VarianceScalingOptions> {
  /**
   * @throws ArgumentError where `scale` is not positive, for an unknown mode or distribution, for a seed or
   *   axes that cannot be right, and for an unknown key
   */
  constructor(options: VarianceScalingOptions = {}) {
    super('VarianceScaling', OPTIONS, options);
  }

  /**
   * Makes the initializer that Keras's configuration describes.
   * @param config an object with the keys `seed`, `scale`, `mode`, `distribution`, `input_axes` and
   *   `output_axes`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * const initializer = initializers.VarianceScaling.fromConfig({ scale: 2, mode: 'fan_avg' });
   * console.log(initializer.options.mode); // fan_avg
   * ```
   */
  static fromConfig(config: unknown): VarianceScaling {
    return new VarianceScaling(readConfig('VarianceScaling', OPTIONS, config));
  }

  /**
   * Returns the draw whose variance follows from the fans of the shape.
   * @param shape of any rank; see `computeFans`
   * @throws ArgumentError where the shape is malformed, or does not have one of the axes
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * const scaling = initializers.varianceScaling({ distribution: 'untruncated_normal' });
   * console.log(scaling.resolve([4, 10])); // { kind: 'normal', mean: 0, stddev: 0.5 }
   * ```
   */
  resolve(shape: Shape): Draw {
    // The check of `distribution` has replaced 'normal' by 'truncated_normal'.
    return scaledDraw(shape, this.options as Scaling, this.options);
  }
}

/**
 * Makes a `VarianceScaling` initializer: the same as `new VarianceScaling(options)`.
 * @throws ArgumentError where `scale` is not positive, for an unknown mode or distribution, for a seed or
 *   axes that cannot be right, and for an unknown key
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const initializer = initializers.varianceScaling({ scale: 2, seed: 7 });
 * console.log(initializer.options.scale, initializer.seed); // 2 7n
 * ```
 */
export function varianceScaling(options?: VarianceScalingOptions): VarianceScaling {
  return new VarianceScaling(options);
}

/**
 * The draw for a variance v = scale / max(1, fan). It is uniform in [-sqrt(3 v), sqrt(3 v)), or a normal
 * with the standard deviation sqrt(v), or a normal that is cut at two standard deviations. The last one is
 * made wider before the cut, so that v is the variance of what the cut leaves.
 * @see keras/src/initializers/random_initializers.py, VarianceScaling
 */
export function scaledDraw(
  shape: Shape,
  { scale, mode, distribution }: Scaling,
  axes: Pick<FanOptions, 'inputAxes' | 'outputAxes'>,
): Draw {
  const { fanIn, fanOut } = computeFans(shape, axes.inputAxes, axes.outputAxes);
  const variance = scale / Math.max(1, fanOf(mode, fanIn, fanOut));
  switch (distribution) {
    case 'uniform': {
      const limit = Math.sqrt(3 * variance);
      return { kind: 'uniform', low: -limit, high: limit };
    }
    case 'untruncated_normal':
      return { kind: 'normal', mean: 0, stddev: Math.sqrt(variance) };
    case 'truncated_normal': {
      const stddev = Math.sqrt(variance) / TRUNCATED_STDDEV;
      return { kind: 'truncated_normal', mean: 0, stddev, lower: -2, upper: 2 };
    }
  }
}

function fanOf(mode: FanMode, fanIn: number, fanOut: number): number {
  switch (mode) {
    case 'fan_in':
      return fanIn;
    case 'fan_out':
      return fanOut;
    case 'fan_avg':
      // Both are halved before they are added, because their sum may exceed the largest double.
      return fanIn / 2 + fanOut / 2;
    case 'fan_geo_avg':
      // Only the fans of an empty tensor have a product beyond the largest double.
      return Math.sqrt(Math.min(fanIn * fanOut, Number.MAX_VALUE));
  }
}
