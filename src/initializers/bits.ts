import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { Configured, readConfig } from './configured';
import { type NoOptions, NO_OPTIONS } from './no_options';

/**
 * Fills a tensor with the raw 32-bit words of the stream.
 *
 * Each word is uniform over the integers in [0, 2^32). The dtype is uint32, and every shape is accepted.
 * Keras has no such initializer, so its JSON has the registered name 'tensorseed>Bits'.
 * @see Salmon et al., 2011, https://doi.org/10.1145/2063384.2063405 (Philox4x32-10)
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const words = await sampler.fill(new initializers.Bits(), [2], { seed: 42 });
 * console.log(await words.data()); // Uint32Array(2) [ 2632642643, 2012563771 ]
 * sampler.destroy();
 * ```
 */
export class Bits extends Configured<NoOptions> {
  /** @throws ArgumentError where the options have a key, since there are none */
  constructor(options: NoOptions = {}) {
    super('Bits', NO_OPTIONS, options);
  }

  /**
   * Makes the initializer that a configuration describes.
   * @param config an object without keys
   * @throws ArgumentError where the configuration is no object, or has a key
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * console.log(initializers.Bits.fromConfig({}).className); // Bits
   * ```
   */
  static fromConfig(config: unknown): Bits {
    return new Bits(readConfig('Bits', NO_OPTIONS, config));
  }

  /**
   * Returns the draw of kind 'bits', which is the same for every shape.
   * @throws ArgumentError where the shape is malformed
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * console.log(initializers.bits().resolve([100, 100])); // { kind: 'bits' }
   * ```
   */
  resolve(shape: Shape): Draw {
    elementCount(shape);
    return { kind: 'bits' };
  }
}

/**
 * Makes a `Bits` initializer: the same as `new Bits()`.
 * @throws ArgumentError where the options have a key, since there are none
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const words = await sampler.fill(initializers.bits(), [1000], { seed: 42 });
 * console.log(words.dtype); // uint32
 * sampler.destroy();
 * ```
 */
export function bits(options?: NoOptions): Bits {
  return new Bits(options);
}
