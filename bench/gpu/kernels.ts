import { type Dtype, type Initializer, initializers, type MathMode } from '../../src/index';
import * as distributions from '../../src/initializers/distributions';
import { DRAWS } from '../throughput/draws';

/** A draw as it is measured. */
export interface Kernel {
  readonly initializer: () => Initializer;
  /** The first one is measured at every size. */
  readonly dtypes: readonly Dtype[];
  readonly maths: readonly MathMode[];
  /** The shape of 2^log2 elements. */
  readonly shape: (log2: number) => number[];
}

const FLOATS: readonly Dtype[] = ['float32', 'float16', 'bfloat16'];

const vector = (log2: number): number[] => [2 ** log2];
const matrix = (log2: number): number[] => [2 ** Math.ceil(log2 / 2), 2 ** Math.floor(log2 / 2)];
const convolution = (log2: number): number[] => [4, 4, ...matrix(log2 - 4)];

function kernel(
  initializer: () => Initializer,
  dtypes: readonly Dtype[] = FLOATS,
  more: Partial<Pick<Kernel, 'maths' | 'shape'>> = {},
): Kernel {
  return { initializer, dtypes, maths: ['exact'], shape: vector, ...more };
}

const BOTH = { maths: ['exact', 'native'] } as const;

/**
 * Every draw that a kernel makes of its own, in every dtype that it has, in the order in which they matter. A draw
 * of which a location far from 0 takes the longer affine step is there with one, as "wide". Orthogonal matrices are
 * a part of their own.
 */
export const KERNELS = {
  constant: kernel(DRAWS.constant),
  bits: kernel(DRAWS.bits, ['uint32']),
  uniform: kernel(DRAWS.uniform),
  normal: kernel(DRAWS.normal, FLOATS, BOTH),
  'truncated normal': kernel(DRAWS.truncated_normal, FLOATS, BOTH),
  bernoulli: kernel(DRAWS.bernoulli, [...FLOATS, 'uint8', 'int8', 'uint32', 'int32']),
  exponential: kernel(DRAWS.exponential),
  gamma: kernel(DRAWS.gamma),
  gumbel: kernel(DRAWS.gumbel),
  laplace: kernel(DRAWS.laplace),
  logistic: kernel(DRAWS.logistic),
  lognormal: kernel(DRAWS.lognormal),
  randint: kernel(DRAWS.randint, ['int32', 'uint32']),
  'randint of bytes': kernel(() => distributions.randint({ low: 0, high: 100 }), ['uint8', 'int8']),
  poisson: kernel(DRAWS.poisson, ['int32', 'uint32', 'float32']),
  permutation: kernel(DRAWS.permutation, ['uint32', 'int32']),
  rademacher: kernel(DRAWS.rademacher, [...FLOATS, 'int32', 'int8']),
  'bernoulli packed': kernel(() => distributions.bernoulli({ probability: 0.1, packed: true }), ['uint32']),
  'uniform wide': kernel(() => initializers.randomUniform({ minval: -1e-9, maxval: 1000 })),
  'normal wide': kernel(() => initializers.randomNormal({ mean: -100, stddev: 1e-9 })),
  sparse: kernel(() => distributions.sparse({ sparsity: 0.1 }), FLOATS, { shape: matrix }),
  identity: kernel(() => initializers.identity(), FLOATS, { shape: matrix }),
  dirac: kernel(() => distributions.dirac(), FLOATS, { shape: convolution }),
} satisfies Record<string, Kernel>;

export type KernelName = keyof typeof KERNELS;
