import { ArgumentError, show } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { Configured, readConfig } from './configured';
import { finite, type OptionTableOf } from './options';

export interface IdentityOptions {
  /** The value on the diagonal, finite. Default 1. */
  readonly gain?: number;
}

const OPTIONS = { gain: finite(1) } satisfies OptionTableOf<IdentityOptions>;

/**
 * `gain` on the main diagonal of a matrix, square or not, and 0 elsewhere. The configuration holds the
 * gain, which that of Keras's own Identity leaves out; a configuration without a gain is read as 1.
 */
export class Identity extends Configured<typeof OPTIONS> {
  /** @throws ArgumentError where `gain` is no finite number */
  constructor(options: IdentityOptions = {}) {
    super('Identity', OPTIONS, options);
  }

  static fromConfig(config: unknown): Identity {
    return new Identity(readConfig('Identity', OPTIONS, config));
  }

  /**
   * @param shape of rank 2: [rows, columns]
   * @throws ArgumentError for any other shape
   */
  resolve(shape: Shape): Draw {
    elementCount(shape);
    if (shape.length !== 2) {
      throw new ArgumentError(`Identity needs a shape of rank 2, got ${show(shape)} of rank ${shape.length}`);
    }
    return { kind: 'eye', rows: shape[0], columns: shape[1], value: this.options.gain };
  }
}

/** The same as `new Identity(options)`. */
export function identity(options?: IdentityOptions): Identity {
  return new Identity(options);
}
