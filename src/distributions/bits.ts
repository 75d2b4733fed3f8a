import type { Distribution } from './distribution';

/**
 * The draw of the raw 32-bit words of the stream. Its dtype is uint32.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const draw: initializers.BitsDraw = { kind: 'bits' };
 * console.log(initializers.bits().resolve([10]).kind === draw.kind); // true
 * ```
 */
export interface BitsDraw {
  /** The kind of the draw. */
  readonly kind: 'bits';
}

/** The parameters of the draw of raw words. */
export interface BitsParameters {
  readonly kernel: 'bits';
}

/** How the words of the stream are drawn. */
export const bits: Distribution<BitsDraw, BitsParameters> = {
  numbers: [],
  dtypes: ['uint32'],
  random: true,
  parameters: () => ({ kernel: 'bits' }),
  kernels: { bits: () => [] },
};
