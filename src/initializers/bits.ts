import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { Configured, readConfig } from './configured';
import { type NoOptions, NO_OPTIONS } from './no_options';

/** The raw 32-bit words of the stream, of dtype uint32, for every shape. Keras has no such initializer. */
export class Bits extends Configured<typeof NO_OPTIONS> {
  constructor(options: NoOptions = {}) {
    super('Bits', NO_OPTIONS, options);
  }

  static fromConfig(config: unknown): Bits {
    return new Bits(readConfig('Bits', NO_OPTIONS, config));
  }

  resolve(shape: Shape): Draw {
    elementCount(shape);
    return { kind: 'bits' };
  }
}

/** The same as `new Bits()`. */
export function bits(options?: NoOptions): Bits {
  return new Bits(options);
}
