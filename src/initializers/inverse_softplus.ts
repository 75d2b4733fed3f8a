import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { inverse_softplus as distribution } from '../distributions/inverse_softplus';
import { readConfig } from './configured';
import { nonNegative, type OptionTableOf, positive, seed } from './options';
import type { RandomOptions } from './random';
import type { Row } from './registry';
import { Sampled } from './sampled';

/**
 * The options of `InverseSoftplus`.
 *
 * @example
 * ```ts
 * import { inverseSoftplus, type InverseSoftplusOptions } from 'tensorseed/distributions';
 *
 * const options: InverseSoftplusOptions = { maxval: 1, seed: 7 };
 * console.log(inverseSoftplus(options).getConfig()); // { seed: 7, minval: 0.001, maxval: 1, floor: 0.0001 }
 * ```
 */
export interface InverseSoftplusOptions extends RandomOptions {
  /** The least softplus of a value, a finite number >= 2^-126. Default 0.001. */
  readonly minval?: number;
  /** The end of the softpluses, a finite number >= `minval`. Default 0.1. */
  readonly maxval?: number;
  /** What takes the place of a smaller softplus, a finite number >= 0. Default 0.0001. */
  readonly floor?: number;
}

const OPTIONS = {
  seed,
  minval: positive(0.001),
  maxval: positive(0.1),
  floor: nonNegative(1e-4),
} satisfies OptionTableOf<InverseSoftplusOptions>;

/**
 * Fills a tensor of any shape with values whose softplus, log(1 + exp(value)), is log-uniform in [minval, maxval).
 *
 * With t = max(exp(u (log(maxval) - log(minval)) + log(minval)), floor), for u uniform in [0, 1), a value is
 * t + log(1 - exp(-t)), computed in float64 and rounded once. So is the bias of the time steps in a checkpoint of Mamba, dt_proj.bias, and of Mamba-2,
 * dt_bias. Keras has no such initializer, so its JSON has the registered name 'tensorseed>InverseSoftplus'.
 * @see transformers/models/mamba/modeling_mamba.py, init_mamba_weights
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { InverseSoftplus } from 'tensorseed/distributions';
 *
 * const sampler = await Sampler.create();
 * const bias = await sampler.fill(new InverseSoftplus(), [1536], { seed: 42 });
 * const steps = (await bias.float32()).map((x) => Math.log1p(Math.exp(x)));
 * console.log(Math.min(...steps) > 0.0009, Math.max(...steps) < 0.101); // true true
 * sampler.destroy();
 * ```
 */
export class InverseSoftplus extends Sampled<InverseSoftplusOptions> {
  /**
   * @throws ArgumentError where `minval` or `maxval` is no finite number > 0, `floor` is no finite number >= 0, the
   *   seed cannot be right, or a key is unknown
   */
  constructor(options: InverseSoftplusOptions = {}) {
    super(INVERSE_SOFTPLUS, OPTIONS, options, 'inverse_softplus', distribution);
  }

  /**
   * Makes the initializer that a configuration describes.
   * @param config an object with the keys `seed`, `minval`, `maxval` and `floor`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { InverseSoftplus } from 'tensorseed/distributions';
   *
   * const initializer = InverseSoftplus.fromConfig({ maxval: 0.2 });
   * console.log(initializer.options.maxval); // 0.2
   * ```
   */
  static fromConfig(config: unknown): InverseSoftplus {
    return new InverseSoftplus(readConfig('InverseSoftplus', OPTIONS, config));
  }

  /**
   * Returns the draw, which is the same for every shape.
   * @throws ArgumentError where the shape is malformed
   *
   * @example
   * ```ts
   * import { inverseSoftplus } from 'tensorseed/distributions';
   *
   * const draw = inverseSoftplus({ floor: 0 }).resolve([24]);
   * console.log(draw); // { kind: 'inverse_softplus', low: 0.001, high: 0.1, floor: 0 }
   * ```
   */
  resolve(shape: Shape): Draw {
    elementCount(shape);
    const { minval: low, maxval: high, floor } = this.options;
    return { kind: 'inverse_softplus', low, high, floor };
  }
}

/**
 * Makes an `InverseSoftplus` initializer: the same as `new InverseSoftplus(options)`.
 * @throws ArgumentError where `minval` or `maxval` is no finite number > 0, `floor` is no finite number >= 0, the
 *   seed cannot be right, or a key is unknown
 *
 * @example
 * ```ts
 * import { inverseSoftplus } from 'tensorseed/distributions';
 *
 * console.log(inverseSoftplus({ seed: 7 }).seed); // 7n
 * ```
 */
export function inverseSoftplus(options?: InverseSoftplusOptions): InverseSoftplus {
  return new InverseSoftplus(options);
}

/** Its row among the initializers. */
export const INVERSE_SOFTPLUS: Row = {
  name: 'InverseSoftplus',
  type: InverseSoftplus,
  factory: inverseSoftplus,
  registeredName: 'tensorseed>InverseSoftplus',
};
