import { bits } from '../../src/initializers/bits';
import { constant, orthogonal, randomNormal, randomUniform, truncatedNormal } from '../../src/initializers';
import type { Initializer } from '../../src/initializers';

/** What a case fills tensors with: the draws in their standard form. */
export type DrawName = 'constant' | 'bits' | 'uniform' | 'normal' | 'truncated_normal' | 'orthogonal';

export interface StandardDraw {
  readonly initializer: () => Initializer;
  /** What another library's values must come near to; absent where no peer is asked. */
  readonly moments?: { readonly mean: number; readonly stddev: number };
}

export const DRAWS: Readonly<Record<DrawName, StandardDraw>> = {
  constant: { initializer: () => constant({ value: 1 }) },
  bits: { initializer: () => bits(), moments: { mean: 2 ** 31, stddev: 2 ** 32 / Math.sqrt(12) } },
  uniform: {
    initializer: () => randomUniform({ minval: 0, maxval: 1 }),
    moments: { mean: 0.5, stddev: 1 / Math.sqrt(12) },
  },
  normal: { initializer: () => randomNormal({ mean: 0, stddev: 1 }), moments: { mean: 0, stddev: 1 } },
  // The standard deviation of a normal cut at two of its own.
  truncated_normal: {
    initializer: () => truncatedNormal({ mean: 0, stddev: 1 }),
    moments: { mean: 0, stddev: 0.87962566103423978 },
  },
  orthogonal: { initializer: () => orthogonal() },
};
