import { trueOrFalse } from '../core/check';
import { elementCount, type Shape } from '../core/shape';
import { bernoulli as distribution, checkProbability } from '../distributions/bernoulli';
import { bernoulli_packed } from '../distributions/bernoulli_packed';
import type { Draw } from '../distributions/draw';
import { provideDistribution } from '../distributions/parameters';
import { readConfig } from './configured';
import { type Option, type OptionTableOf, seed } from './options';
import type { RandomOptions } from './random';
import type { Row } from './registry';
import { Sampled } from './sampled';

/**
 * The options of `Bernoulli`.
 *
 * @example
 * ```ts
 * import { bernoulli, type BernoulliOptions } from 'tensorseed/distributions';
 *
 * const options: BernoulliOptions = { probability: 0.1, seed: 7 };
 * console.log(bernoulli(options).seed); // 7n
 * ```
 */
export interface BernoulliOptions extends RandomOptions {
  /** The probability of 1, in [0, 1]. It is rounded to a multiple of 2^-32. Default 0.5. */
  readonly probability?: number;
  /**
   * Whether each element is a word of 32 outcomes: bit b of word i, from the lowest on, is the outcome of element
   * 32 i + b of the draw that is not packed. The dtype is uint32 then. Default false.
   */
  readonly packed?: boolean;
}

const probability: Option<number> = { initial: 0.5, check: checkProbability };

const packed: Option<boolean> = { initial: false, check: trueOrFalse };

const OPTIONS = { seed, probability, packed } satisfies OptionTableOf<BernoulliOptions>;

/**
 * Fills a tensor of any shape with 1 and 0: 1 with a probability, 0 otherwise.
 *
 * The dtype is float32, or float16, bfloat16, uint8, int8, uint32 or int32. All have the same outcomes. Keras has
 * no such initializer, so its JSON has the registered name 'tensorseed>Bernoulli'.
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { Bernoulli } from 'tensorseed/distributions';
 *
 * const sampler = await Sampler.create();
 * const mask = await sampler.fill(new Bernoulli({ probability: 0.9 }), [100_000], { seed: 42, dtype: 'uint8' });
 * const kept = (await mask.float32()).reduce((sum, x) => sum + x, 0);
 * console.log((kept / 100_000).toFixed(2)); // 0.90
 * sampler.destroy();
 * ```
 */
export class Bernoulli extends Sampled<BernoulliOptions> {
  /** @throws ArgumentError where the probability is not in [0, 1], the seed cannot be right, or a key is unknown */
  constructor(options: BernoulliOptions = {}) {
    super(BERNOULLI, OPTIONS, options, 'bernoulli', distribution);
    provideDistribution('bernoulli_packed', bernoulli_packed);
  }

  /**
   * Makes the initializer that a configuration describes.
   * @param config an object with the keys `seed`, `probability` and `packed`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { Bernoulli } from 'tensorseed/distributions';
   *
   * const initializer = Bernoulli.fromConfig({ probability: 0.1 });
   * console.log(initializer.getConfig()); // { seed: null, probability: 0.1, packed: false }
   * ```
   */
  static fromConfig(config: unknown): Bernoulli {
    return new Bernoulli(readConfig('Bernoulli', OPTIONS, config));
  }

  /**
   * Returns the draw, which is the same for every shape.
   * @throws ArgumentError where the shape is malformed
   *
   * @example
   * ```ts
   * import { bernoulli } from 'tensorseed/distributions';
   *
   * const draw = bernoulli({ probability: 0.1 }).resolve([4]);
   * console.log(draw); // { kind: 'bernoulli', probability: 0.1 }
   * ```
   */
  resolve(shape: Shape): Draw {
    elementCount(shape);
    const { probability, packed } = this.options;
    return { kind: packed ? 'bernoulli_packed' : 'bernoulli', probability };
  }
}

/**
 * Makes a `Bernoulli` initializer: the same as `new Bernoulli(options)`.
 * @throws ArgumentError where the probability is not in [0, 1], the seed cannot be right, or a key is unknown
 *
 * @example
 * ```ts
 * import { bernoulli } from 'tensorseed/distributions';
 *
 * console.log(bernoulli({ probability: 0.1, seed: 7 }).seed); // 7n
 * ```
 */
export function bernoulli(options?: BernoulliOptions): Bernoulli {
  return new Bernoulli(options);
}

/** Its row among the initializers. */
export const BERNOULLI: Row = {
  name: 'Bernoulli',
  type: Bernoulli,
  factory: bernoulli,
  registeredName: 'tensorseed>Bernoulli',
};
