import { reading } from '../core/errors';
import type { Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';

/**
 * A value in a configuration, which JSON can hold.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const stddev: initializers.ConfigValue = initializers.randomNormal().getConfig().stddev;
 * console.log(stddev); // 0.05
 * ```
 */
export type ConfigValue = number | string | boolean | null | readonly number[];

/**
 * An initializer's options under Keras's names, in Keras's order.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const config: initializers.Config = initializers.heNormal({ seed: 7 }).getConfig();
 * console.log(config); // { seed: 7, input_axes: null, output_axes: null }
 * ```
 */
export type Config = Record<string, ConfigValue>;

/**
 * A rule for the values of a tensor: a class name and options.
 *
 * Given a shape, an initializer says what to draw. It knows nothing of dtypes and backends. Any object with
 * these members can be used where an initializer is expected.
 *
 * @example
 * ```ts
 * import { type Initializer, initializers, Sampler } from 'tensorseed';
 *
 * // Rows that are uniform in [0, 1 / rows).
 * const rowScaled: Initializer = {
 *   className: 'RowScaled',
 *   resolve: ([rows]) => ({ kind: 'uniform', low: 0, high: 1 / rows }),
 *   getConfig: () => ({}),
 * };
 * console.log(initializers.isInitializer(rowScaled)); // true
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill(rowScaled, [4, 100], { seed: 42 });
 * console.log((await tensor.float32()).every((x) => x >= 0 && x < 0.25)); // true
 * sampler.destroy();
 * ```
 */
export interface Initializer {
  /** Keras's class name, such as "HeNormal". */
  readonly className: string;
  /**
   * The seed in force, in [0, 2^64). Only random initializers have one. Where none was given, it was
   * drawn at construction, so that one instance gives the same values at every call.
   */
  readonly seed?: bigint | undefined;
  /**
   * Returns what fills a tensor of this shape.
   * What an initializer of your own throws passes unchanged through the function that it was given to.
   * @throws ArgumentError where the shape is malformed, or not one that the initializer can fill
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * const draw = initializers.get('ones').resolve([128]);
   * console.log(draw); // { kind: 'constant', value: 1 }
   * ```
   */
  resolve(shape: Shape): Draw;
  /**
   * Returns the options as a new object, which `JSON.stringify` can write and the class's `fromConfig` reads.
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * console.log(initializers.get('constant').getConfig()); // { value: 0 }
   * ```
   */
  getConfig(): Config;
}

/**
 * Returns whether `value` has the members of an `Initializer`, whatever its class is.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * console.log(initializers.isInitializer(initializers.zeros())); // true
 * console.log(initializers.isInitializer('zeros')); // false
 * ```
 */
export function isInitializer(value: unknown): value is Initializer {
  try {
    return membersOf(value) !== undefined;
  } catch {
    return false; // Its members cannot be read.
  }
}

/**
 * The members of an initializer, each read once, or undefined for any other value.
 * @throws ArgumentError where they cannot be read
 */
export function membersOf(value: unknown): Initializer | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { className, seed, resolve, getConfig } = reading('an initializer', () => {
    const { className, seed, resolve, getConfig } = value as Record<keyof Initializer, unknown>;
    return { className, seed, resolve, getConfig };
  });
  return typeof className === 'string' &&
    typeof resolve === 'function' &&
    typeof getConfig === 'function' &&
    (seed === undefined || typeof seed === 'bigint')
    ? {
        className,
        seed,
        resolve: (shape) => resolve.call(value, shape) as Draw,
        getConfig: () => getConfig.call(value) as Config,
      }
    : undefined;
}
