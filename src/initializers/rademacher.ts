import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { rademacher as distribution } from '../distributions/rademacher';
import { readConfig } from './configured';
import { type OptionTableOf, seed } from './options';
import type { RandomOptions } from './random';
import type { Row } from './registry';
import { Sampled } from './sampled';

/**
 * The options of `Rademacher`.
 *
 * @example
 * ```ts
 * import { rademacher, type RademacherOptions } from 'tensorseed/distributions';
 *
 * const options: RademacherOptions = { seed: 7 };
 * console.log(rademacher(options).seed); // 7n
 * ```
 */
export type RademacherOptions = RandomOptions;

const OPTIONS = { seed } satisfies OptionTableOf<RademacherOptions>;

/**
 * Fills a tensor of any shape with 1 and -1, each with probability 1/2.
 *
 * The dtype is float32, or float16, bfloat16, int8 or int32. All have the same outcomes. Keras has no such
 * initializer, so its JSON has the registered name 'tensorseed>Rademacher'.
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { Rademacher } from 'tensorseed/distributions';
 *
 * const sampler = await Sampler.create();
 * const signs = await sampler.fill(new Rademacher(), [8], { seed: 42, dtype: 'int8' });
 * console.log((await signs.data()).every((x) => Math.abs(x) === 1)); // true
 * sampler.destroy();
 * ```
 */
export class Rademacher extends Sampled<RademacherOptions> {
  /** @throws ArgumentError where the seed cannot be right, or a key is unknown */
  constructor(options: RademacherOptions = {}) {
    super(RADEMACHER, OPTIONS, options, 'rademacher', distribution);
  }

  /**
   * Makes the initializer that a configuration describes.
   * @param config an object with the key `seed`, which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { Rademacher } from 'tensorseed/distributions';
   *
   * console.log(Rademacher.fromConfig({ seed: 7 }).getConfig()); // { seed: 7 }
   * ```
   */
  static fromConfig(config: unknown): Rademacher {
    return new Rademacher(readConfig('Rademacher', OPTIONS, config));
  }

  /**
   * Returns the draw, which is the same for every shape.
   * @throws ArgumentError where the shape is malformed
   *
   * @example
   * ```ts
   * import { rademacher } from 'tensorseed/distributions';
   *
   * console.log(rademacher().resolve([4])); // { kind: 'rademacher' }
   * ```
   */
  resolve(shape: Shape): Draw {
    elementCount(shape);
    return { kind: 'rademacher' };
  }
}

/**
 * Makes a `Rademacher` initializer: the same as `new Rademacher(options)`.
 * @throws ArgumentError where the seed cannot be right, or a key is unknown
 *
 * @example
 * ```ts
 * import { rademacher } from 'tensorseed/distributions';
 *
 * console.log(rademacher({ seed: 7 }).seed); // 7n
 * ```
 */
export function rademacher(options?: RademacherOptions): Rademacher {
  return new Rademacher(options);
}

/** Its row among the initializers. */
export const RADEMACHER: Row = {
  name: 'Rademacher',
  type: Rademacher,
  factory: rademacher,
  registeredName: 'tensorseed>Rademacher',
};
