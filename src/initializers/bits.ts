import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { Configured, readConfig } from './configured';

type NoOptions = Record<string, never>;
const FIELDS = {};

/** The raw 32-bit words of the stream, dtype uint32, for every shape. Not one of Keras's. */
export class Bits extends Configured<typeof FIELDS> {
  constructor(options: NoOptions = {}) {
    super('Bits', FIELDS, options);
  }

  static fromConfig(config: unknown): Bits {
    return new Bits(readConfig('Bits', FIELDS, config));
  }

  resolve(shape: Shape): Draw {
    elementCount(shape);
    return { kind: 'bits' };
  }
}

export function bits(options?: NoOptions): Bits {
  return new Bits(options);
}
