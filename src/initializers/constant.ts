import { ArgumentError, show } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { Configured, readConfig } from './configured';
import { type NoOptions, NO_OPTIONS } from './no_options';
import type { Option, OptionTableOf } from './options';

/**
 * Fills a tensor of any shape with 0.
 * @see keras/src/initializers/constant_initializers.py, Zeros
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const bias = await sampler.fill(new initializers.Zeros(), [4]);
 * console.log(await bias.data()); // Float32Array(4) [ 0, 0, 0, 0 ]
 * sampler.destroy();
 * ```
 */
export class Zeros extends Configured<NoOptions> {
  /** @throws ArgumentError where the options have a key, since there are none */
  constructor(options: NoOptions = {}) {
    super('Zeros', NO_OPTIONS, options);
  }

  /**
   * Makes the initializer that Keras's configuration describes.
   * @param config an object without keys
   * @throws ArgumentError where the configuration is no object, or has a key
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * console.log(initializers.Zeros.fromConfig({}).className); // Zeros
   * ```
   */
  static fromConfig(config: unknown): Zeros {
    return new Zeros(readConfig('Zeros', NO_OPTIONS, config));
  }

  /**
   * Returns the draw of the constant 0, which is the same for every shape.
   * @throws ArgumentError where the shape is malformed
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * console.log(initializers.zeros().resolve([128])); // { kind: 'constant', value: 0 }
   * ```
   */
  resolve(shape: Shape): Draw {
    return constantDraw(shape, 0);
  }
}

/**
 * Fills a tensor of any shape with 1.
 * @see keras/src/initializers/constant_initializers.py, Ones
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const scale = await sampler.fill(new initializers.Ones(), [4]);
 * console.log(await scale.data()); // Float32Array(4) [ 1, 1, 1, 1 ]
 * sampler.destroy();
 * ```
 */
export class Ones extends Configured<NoOptions> {
  /** @throws ArgumentError where the options have a key, since there are none */
  constructor(options: NoOptions = {}) {
    super('Ones', NO_OPTIONS, options);
  }

  /**
   * Makes the initializer that Keras's configuration describes.
   * @param config an object without keys
   * @throws ArgumentError where the configuration is no object, or has a key
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * console.log(initializers.Ones.fromConfig({}).className); // Ones
   * ```
   */
  static fromConfig(config: unknown): Ones {
    return new Ones(readConfig('Ones', NO_OPTIONS, config));
  }

  /**
   * Returns the draw of the constant 1, which is the same for every shape.
   * @throws ArgumentError where the shape is malformed
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * console.log(initializers.ones().resolve([128])); // { kind: 'constant', value: 1 }
   * ```
   */
  resolve(shape: Shape): Draw {
    return constantDraw(shape, 1);
  }
}

/**
 * The options of `Constant`.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const options: initializers.ConstantOptions = { value: -2 };
 * console.log(initializers.constant(options).getConfig()); // { value: -2 }
 * ```
 */
export interface ConstantOptions {
  /** The value: a finite number, or a boolean, of which false is 0 and true is 1, as in Python. Default 0. */
  readonly value?: number | boolean;
}

const value: Option<number | boolean> = {
  initial: 0,
  check(name, given) {
    if (typeof given === 'boolean' || (typeof given === 'number' && Number.isFinite(given))) return given;
    throw new ArgumentError(`${name} must be a finite number or a boolean, got ${show(given)}`);
  },
};
const OPTIONS = { value } satisfies OptionTableOf<ConstantOptions>;

/**
 * Fills a tensor of any shape with one value.
 * @see keras/src/initializers/constant_initializers.py, Constant
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const bias = await sampler.fill(new initializers.Constant({ value: 0.5 }), [3]);
 * console.log(await bias.data()); // Float32Array(3) [ 0.5, 0.5, 0.5 ]
 * sampler.destroy();
 * ```
 */
export class Constant extends Configured<ConstantOptions> {
  /** @throws ArgumentError where `value` is neither a finite number nor a boolean, or a key is unknown */
  constructor(options: ConstantOptions = {}) {
    super('Constant', OPTIONS, options);
  }

  /**
   * Makes the initializer that Keras's configuration describes.
   * @param config an object with the key `value`, which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * console.log(initializers.Constant.fromConfig({ value: 2 }).options); // { value: 2 }
   * ```
   */
  static fromConfig(config: unknown): Constant {
    return new Constant(readConfig('Constant', OPTIONS, config));
  }

  /**
   * Returns the draw of the constant, which is the same for every shape.
   * @throws ArgumentError where the shape is malformed
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * const initializer = initializers.constant({ value: true });
   * console.log(initializer.resolve([128])); // { kind: 'constant', value: 1 }
   * ```
   */
  resolve(shape: Shape): Draw {
    return constantDraw(shape, Number(this.options.value));
  }
}

/**
 * Makes a `Zeros` initializer: the same as `new Zeros()`.
 * @throws ArgumentError where the options have a key, since there are none
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * console.log(initializers.zeros().className); // Zeros
 * ```
 */
export function zeros(options?: NoOptions): Zeros {
  return new Zeros(options);
}

/**
 * Makes a `Ones` initializer: the same as `new Ones()`.
 * @throws ArgumentError where the options have a key, since there are none
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * console.log(initializers.ones().className); // Ones
 * ```
 */
export function ones(options?: NoOptions): Ones {
  return new Ones(options);
}

/**
 * Makes a `Constant` initializer: the same as `new Constant(options)`.
 * @throws ArgumentError where `value` is neither a finite number nor a boolean, or a key is unknown
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill(initializers.constant({ value: 3 }), [2, 2]);
 * console.log(await tensor.data()); // Float32Array(4) [ 3, 3, 3, 3 ]
 * sampler.destroy();
 * ```
 */
export function constant(options?: ConstantOptions): Constant {
  return new Constant(options);
}

function constantDraw(shape: Shape, number: number): Draw {
  elementCount(shape);
  return { kind: 'constant', value: number };
}
