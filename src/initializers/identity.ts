import { ArgumentError, show } from '../core/errors';
import { copyShape, elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { Configured, readConfig } from './configured';
import { finite, type OptionTableOf } from './options';

/**
 * The options of `Identity`.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const options: initializers.IdentityOptions = { gain: 0.5 };
 * console.log(initializers.identity(options).getConfig()); // { gain: 0.5 }
 * ```
 */
export interface IdentityOptions {
  /** The value on the diagonal, a finite number. Default 1. */
  readonly gain?: number;
}

const OPTIONS = { gain: finite(1) } satisfies OptionTableOf<IdentityOptions>;

/**
 * Fills a matrix with `gain` on its main diagonal and 0 elsewhere.
 *
 * The shape has rank 2 and need not be square. The configuration holds the gain, which that of Keras's own
 * Identity leaves out. A configuration without a gain is read as 1.
 * @see keras/src/initializers/constant_initializers.py, Identity
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const matrix = await sampler.fill(new initializers.Identity({ gain: 2 }), [2, 2]);
 * console.log(await matrix.data()); // Float32Array(4) [ 2, 0, 0, 2 ]
 * sampler.destroy();
 * ```
 */
export class Identity extends Configured<IdentityOptions> {
  /** @throws ArgumentError where `gain` is no finite number, or a key is unknown */
  constructor(options: IdentityOptions = {}) {
    super('Identity', OPTIONS, options);
  }

  /**
   * Makes the initializer that Keras's configuration describes.
   * @param config an object with the key `gain`, which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * const initializer = initializers.Identity.fromConfig({ gain: 2 });
   * console.log(initializer.options); // { gain: 2 }
   * ```
   */
  static fromConfig(config: unknown): Identity {
    return new Identity(readConfig('Identity', OPTIONS, config));
  }

  /**
   * Returns the draw of a matrix with `gain` on its main diagonal.
   * @param shape [rows, columns]
   * @throws ArgumentError where the shape is malformed, or its rank is not 2
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * const draw = initializers.identity().resolve([3, 4]);
   * console.log(draw); // { kind: 'eye', rows: 3, columns: 4, value: 1 }
   * ```
   */
  resolve(shape: Shape): Draw {
    const sizes = copyShape(shape);
    elementCount(sizes);
    if (sizes.length !== 2) {
      throw new ArgumentError(`Identity needs a shape of rank 2, got ${show(sizes)} of rank ${sizes.length}`);
    }
    return { kind: 'eye', rows: sizes[0], columns: sizes[1], value: this.options.gain };
  }
}

/**
 * Makes an `Identity` initializer: the same as `new Identity(options)`.
 * @throws ArgumentError where `gain` is no finite number, or a key is unknown
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const matrix = await sampler.fill(initializers.identity(), [2, 3]);
 * console.log(await matrix.data()); // Float32Array(6) [ 1, 0, 0, 0, 1, 0 ]
 * sampler.destroy();
 * ```
 */
export function identity(options?: IdentityOptions): Identity {
  return new Identity(options);
}
