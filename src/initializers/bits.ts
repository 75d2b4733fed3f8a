import type { Initializer } from '.';

/** Not Keras's: the raw 32-bit words of the stream, dtype uint32. */
export function bits(): Initializer {
  return { className: 'Bits', resolve: () => ({ kind: 'bits' }), getConfig: () => ({}) };
}
