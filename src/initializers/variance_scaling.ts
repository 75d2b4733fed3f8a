import type { Draw } from '../distributions/draw';
import type { Shape } from '../core/shape';
import { readConfig } from './configured';
import { choice, type Field, type FieldsOf, positive } from './fields';
import { computeFans } from './fans';
import { FAN_FIELDS, type FanOptions } from './fan_options';
import { Random } from './random';

const MODES = ['fan_in', 'fan_out', 'fan_avg'] as const;
export type FanMode = (typeof MODES)[number];

const DISTRIBUTIONS = ['uniform', 'truncated_normal', 'untruncated_normal'] as const;
export type Distribution = (typeof DISTRIBUTIONS)[number];

/** The standard deviation of a standard normal cut at -2 and 2, as Keras has it. */
const TRUNCATED_STDDEV = 0.87962566103423978;

/** How the variance follows from the fans: `scale` divided by the fan that `mode` names. */
export interface Scaling {
  readonly scale: number;
  readonly mode: FanMode;
  readonly distribution: Distribution;
}

export interface VarianceScalingOptions extends FanOptions {
  /** > 0. Default 1. */
  readonly scale?: number;
  /** Default fan_in. */
  readonly mode?: FanMode;
  /** Default truncated_normal, which "normal" stands for too; any case will do. */
  readonly distribution?: Distribution | 'normal';
}

const distribution: Field<Distribution> = {
  initial: 'truncated_normal',
  check(name, value) {
    const lower = typeof value === 'string' ? value.toLowerCase() : value;
    const known = lower === 'normal' ? 'truncated_normal' : DISTRIBUTIONS.find((one) => one === lower);
    return choice('truncated_normal', DISTRIBUTIONS).check(name, known ?? value);
  },
};

const { seed, inputAxes, outputAxes } = FAN_FIELDS;
const FIELDS = {
  seed,
  scale: positive(1),
  mode: choice<FanMode>('fan_in', MODES),
  distribution,
  inputAxes,
  outputAxes,
} satisfies FieldsOf<VarianceScalingOptions>;

/** Random values whose variance is `scale` / fan, where the shape decides the fan (see computeFans). */
export class VarianceScaling extends Random<typeof FIELDS> {
  /** @throws ArgumentError where `scale` is not positive, for another mode or distribution, or for a bad seed or axes */
  constructor(options: VarianceScalingOptions = {}) {
    super('VarianceScaling', FIELDS, options);
  }

  static fromConfig(config: unknown): VarianceScaling {
    return new VarianceScaling(readConfig('VarianceScaling', FIELDS, config));
  }

  resolve(shape: Shape): Draw {
    return scaledDraw(shape, this.options, this.options);
  }
}

export function varianceScaling(options?: VarianceScalingOptions): VarianceScaling {
  return new VarianceScaling(options);
}

/** A variance scaling whose scaling is fixed: Glorot's, He's and LeCun's. */
export abstract class FixedScaling extends Random<typeof FAN_FIELDS> {
  readonly #scaling: Scaling;

  constructor(className: string, scaling: Scaling, options: FanOptions) {
    super(className, FAN_FIELDS, options);
    this.#scaling = scaling;
  }

  resolve(shape: Shape): Draw {
    return scaledDraw(shape, this.#scaling, this.options);
  }
}

/**
 * With variance v = scale / max(1, fan): uniform in +-sqrt(3 v); normal of stddev sqrt(v); or
 * that normal cut at two standard deviations, widened beforehand so that v is what remains.
 * @see keras/src/initializers/random_initializers.py, VarianceScaling
 */
function scaledDraw(
  shape: Shape,
  { scale, mode, distribution }: Scaling,
  axes: Pick<FanOptions, 'inputAxes' | 'outputAxes'>,
): Draw {
  const { fanIn, fanOut } = computeFans(shape, axes.inputAxes, axes.outputAxes);
  // Halved before they are added, for their sum may pass the largest double.
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
