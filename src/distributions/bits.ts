import type { Distribution } from './distribution';

/** Raw words of the stream, uint32. */
export interface BitsDraw {
  readonly kind: 'bits';
}

export interface BitsParameters {
  readonly kernel: 'bits';
}

export const bits: Distribution<BitsDraw, BitsParameters> = {
  dtypes: ['uint32'],
  random: true,
  parameters: () => ({ kernel: 'bits' }),
  kernels: { bits: () => [] },
};
