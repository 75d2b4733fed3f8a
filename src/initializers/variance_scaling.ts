import type { Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { readConfig } from './configured';
import { FAN_OPTIONS, type FanOptions } from './fan_options';
import { computeFans } from './fans';
import { choice, type Option, type OptionTableOf, positive } from './options';
import { Random } from './random';

const MODES = ['fan_in', 'fan_out', 'fan_avg'] as const;
/** Which fan the variance is divided by: that of the inputs, that of the outputs, or their mean. */
export type FanMode = (typeof MODES)[number];

const DISTRIBUTIONS = ['uniform', 'truncated_normal', 'untruncated_normal'] as const;
/** The distribution of the values. A truncated normal is cut at two standard deviations. */
export type Distribution = (typeof DISTRIBUTIONS)[number];

/** The standard deviation of a standard normal that is cut at -2 and 2, with Keras's digits. */
export const TRUNCATED_STDDEV = 0.87962566103423978;

/** How the variance follows from the fans: it is `scale` divided by the fan that `mode` names. */
export interface Scaling {
  readonly scale: number;
  readonly mode: FanMode;
  readonly distribution: Distribution;
}

export interface VarianceScalingOptions extends FanOptions {
  /** The variance times the fan, a finite number > 0. Default 1. */
  readonly scale?: number;
  /** Default 'fan_in'. */
  readonly mode?: FanMode;
  /** In upper or lower case; 'normal' is another name of 'truncated_normal', the default. */
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
  mode: choice<FanMode>('fan_in', MODES),
  distribution,
  inputAxes,
  outputAxes,
} satisfies OptionTableOf<VarianceScalingOptions>;

/**
 * Random values of mean 0 and variance `scale` / max(1, fan), where the fan follows from the shape (see
 * computeFans).
 */
export class VarianceScaling extends Random<typeof OPTIONS> {
  /**
   * @throws ArgumentError where `scale` is not positive, for an unknown mode or distribution, and for a
   *   seed or axes that cannot be right
   */
  constructor(options: VarianceScalingOptions = {}) {
    super('VarianceScaling', OPTIONS, options);
  }

  static fromConfig(config: unknown): VarianceScaling {
    return new VarianceScaling(readConfig('VarianceScaling', OPTIONS, config));
  }

  resolve(shape: Shape): Draw {
    return scaledDraw(shape, this.options, this.options);
  }
}

/** The same as `new VarianceScaling(options)`. */
export function varianceScaling(options?: VarianceScalingOptions): VarianceScaling {
  return new VarianceScaling(options);
}

/**
 * The draw for a variance v = scale / max(1, fan): uniform in [-sqrt(3 v), sqrt(3 v)); normal with the
 * standard deviation sqrt(v); or a normal that is cut at two standard deviations, and made so much wider
 * beforehand that v is the variance of what the cut leaves.
 * @see keras/src/initializers/random_initializers.py, VarianceScaling
 */
export function scaledDraw(
  shape: Shape,
  { scale, mode, distribution }: Scaling,
  axes: Pick<FanOptions, 'inputAxes' | 'outputAxes'>,
): Draw {
  const { fanIn, fanOut } = computeFans(shape, axes.inputAxes, axes.outputAxes);
  // Both are halved before they are added, for their sum may exceed the largest double.
  const fan = { fan_in: fanIn, fan_out: fanOut, fan_avg: fanIn / 2 + fanOut / 2 }[mode];
  const variance = scale / Math.max(1, fan);
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
