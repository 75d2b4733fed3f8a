import type { Draw } from '../distributions/draw';
import { ArgumentError, show } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';
import { Configured, readConfig } from './configured';
import { type FieldsOf, finite } from './fields';

export interface IdentityOptions {
  /** The value on the diagonal, finite. Default 1. */
  readonly gain?: number;
}

const FIELDS = { gain: finite(1) } satisfies FieldsOf<IdentityOptions>;

/**
 * `gain` on the main diagonal of a matrix, square or not, and 0 elsewhere. The configuration
 * holds the gain, which Keras's own loses; one without it reads as 1.
 */
export class Identity extends Configured<typeof FIELDS> {
  /** @throws ArgumentError where `gain` is no finite number */
  constructor(options: IdentityOptions = {}) {
    super('Identity', FIELDS, options);
  }

  static fromConfig(config: unknown): Identity {
    return new Identity(readConfig('Identity', FIELDS, config));
  }

  /** @param shape of rank 2: [rows, columns] */
  resolve(shape: Shape): Draw {
    elementCount(shape);
    if (shape.length !== 2) {
      throw new ArgumentError(`Identity needs a shape of rank 2, got ${show(shape)} of rank ${shape.length}`);
    }
    return { kind: 'eye', rows: shape[0], columns: shape[1], value: this.options.gain };
  }
}

export function identity(options?: IdentityOptions): Identity {
  return new Identity(options);
}
