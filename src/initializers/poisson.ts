import { ArgumentError, show } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { LARGEST_RATE, poisson as distribution } from '../distributions/poisson';
import { readConfig } from './configured';
import { type Option, type OptionTableOf, seed } from './options';
import type { RandomOptions } from './random';
import type { Row } from './registry';
import { Sampled } from './sampled';

/**
 * The options of `Poisson`.
 *
 * @example
 * ```ts
 * import { poisson, type PoissonOptions } from 'tensorseed/distributions';
 *
 * const options: PoissonOptions = { rate: 3, seed: 7 };
 * console.log(poisson(options).seed); // 7n
 * ```
 */
export interface PoissonOptions extends RandomOptions {
  /** The number of events on average, in [0, 2^20]. Default 1. */
  readonly rate?: number;
}

const rate: Option<number> = {
  initial: 1,
  check(name, value) {
    if (typeof value === 'number' && value >= 0 && value <= LARGEST_RATE) return value;
    throw new ArgumentError(`${name} must be a number in [0, 2^20], got ${show(value)}`);
  },
};

const OPTIONS = { seed, rate } satisfies OptionTableOf<PoissonOptions>;

/**
 * Fills a tensor of any shape with counts of independent events, `rate` of them on average.
 *
 * The probability of k is exp(-rate) rate^k / k!, to the nearest multiple of 2^-32. The dtype is int32, or uint32 or
 * float32. All have the same outcomes. Keras has no such initializer, so its JSON has the registered name
 * 'tensorseed>Poisson'.
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { Poisson } from 'tensorseed/distributions';
 *
 * const sampler = await Sampler.create();
 * const counts = await sampler.fill(new Poisson({ rate: 3 }), [100_000], { seed: 42 });
 * const sum = Array.from(await counts.data()).reduce((sum, x) => sum + x, 0);
 * console.log(counts.dtype, (sum / 100_000).toFixed(1)); // int32 3.0
 * sampler.destroy();
 * ```
 */
export class Poisson extends Sampled<PoissonOptions> {
  /** @throws ArgumentError where the rate is not in [0, 2^20], the seed cannot be right, or a key is unknown */
  constructor(options: PoissonOptions = {}) {
    super(POISSON, OPTIONS, options, 'poisson', distribution);
  }

  /**
   * Makes the initializer that a configuration describes.
   * @param config an object with the keys `seed` and `rate`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { Poisson } from 'tensorseed/distributions';
   *
   * const initializer = Poisson.fromConfig({ rate: 3 });
   * console.log(initializer.getConfig()); // { seed: null, rate: 3 }
   * ```
   */
  static fromConfig(config: unknown): Poisson {
    return new Poisson(readConfig('Poisson', OPTIONS, config));
  }

  /**
   * Returns the draw of counts, which is the same for every shape.
   * @throws ArgumentError where the shape is malformed
   *
   * @example
   * ```ts
   * import { poisson } from 'tensorseed/distributions';
   *
   * const draw = poisson({ rate: 3 }).resolve([4]);
   * console.log(draw); // { kind: 'poisson', rate: 3 }
   * ```
   */
  resolve(shape: Shape): Draw {
    elementCount(shape);
    return { kind: 'poisson', rate: this.options.rate };
  }
}

/**
 * Makes a `Poisson` initializer: the same as `new Poisson(options)`.
 * @throws ArgumentError where the rate is not in [0, 2^20], the seed cannot be right, or a key is unknown
 *
 * @example
 * ```ts
 * import { poisson } from 'tensorseed/distributions';
 *
 * console.log(poisson({ rate: 3, seed: 7 }).seed); // 7n
 * ```
 */
export function poisson(options?: PoissonOptions): Poisson {
  return new Poisson(options);
}

/** Its row among the initializers. */
export const POISSON: Row = {
  name: 'Poisson',
  type: Poisson,
  factory: poisson,
  registeredName: 'tensorseed>Poisson',
};
