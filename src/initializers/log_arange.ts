import { ArgumentError, show } from '../core/errors';
import { copyShape, elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { log_arange as distribution } from '../distributions/log_arange';
import { Configured, readConfig } from './configured';
import { type NoOptions, NO_OPTIONS } from './no_options';
import type { Row } from './registry';
import { provide } from './sampled';

/**
 * Fills each row of a tensor with the logarithms of 1, 2, 3 and so on.
 *
 * Element [..., j] is log(1 + j), within a unit in the last place of torch's. So is A_log in a checkpoint of Mamba,
 * [channels, states], and of Mamba-2, [heads]. Keras has no such initializer, so its JSON has the registered name
 * 'tensorseed>LogArange'.
 * @see transformers/models/mamba/modeling_mamba.py, init_mamba_weights
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { LogArange } from 'tensorseed/distributions';
 *
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill(new LogArange(), [2, 3]);
 * console.log((await tensor.float32()).map((x) => Math.round(Math.exp(x)))); // Float32Array(6) [ 1, 2, 3, 1, 2, 3 ]
 * sampler.destroy();
 * ```
 */
export class LogArange extends Configured<NoOptions> {
  /** @throws ArgumentError where the options have a key, since there are none */
  constructor(options: NoOptions = {}) {
    super('LogArange', NO_OPTIONS, options);
    provide(LOG_ARANGE, 'log_arange', distribution);
  }

  /**
   * Makes the initializer that a configuration describes.
   * @param config an object without keys
   * @throws ArgumentError where the configuration is no object, or has a key
   *
   * @example
   * ```ts
   * import { LogArange } from 'tensorseed/distributions';
   *
   * console.log(LogArange.fromConfig({}).getConfig()); // {}
   * ```
   */
  static fromConfig(config: unknown): LogArange {
    return new LogArange(readConfig('LogArange', NO_OPTIONS, config));
  }

  /**
   * Returns the draw of the rows.
   * @param shape [..., columns], of at least one axis
   * @throws ArgumentError where the shape is malformed, or has no axis
   *
   * @example
   * ```ts
   * import { logArange } from 'tensorseed/distributions';
   *
   * console.log(logArange().resolve([24])); // { kind: 'log_arange', columns: 24 }
   * ```
   */
  resolve(shape: Shape): Draw {
    const sizes = copyShape(shape);
    elementCount(sizes);
    if (sizes.length === 0)
      throw new ArgumentError(`LogArange needs a shape of rank 1 or more, got ${show(sizes)}`);
    return { kind: 'log_arange', columns: Math.max(sizes[sizes.length - 1], 1) };
  }
}

/**
 * Makes a `LogArange` initializer: the same as `new LogArange(options)`.
 * @throws ArgumentError where the options have a key, since there are none
 *
 * @example
 * ```ts
 * import { logArange } from 'tensorseed/distributions';
 *
 * console.log(logArange().className); // LogArange
 * ```
 */
export function logArange(options?: NoOptions): LogArange {
  return new LogArange(options);
}

/** Its row among the initializers. */
export const LOG_ARANGE: Row = {
  name: 'LogArange',
  type: LogArange,
  factory: logArange,
  registeredName: 'tensorseed>LogArange',
};
