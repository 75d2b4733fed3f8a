import { elementCount } from '../../src/core/shape';
import type { Dtype } from '../../src/index';
import { describeModel } from '../../src/models';
import type { Case, Submission, Entry } from './case';
import type { DrawName } from './draws';
import { CPU_MAKERS } from './makers/names';

/** Elements of the sizes. 1M stands in for 16M where there is little time. */
export const SIZES: Readonly<Record<string, number>> = {
  small: 2 ** 16,
  '1M': 2 ** 20,
  '16M': 2 ** 24,
  '256M': 2 ** 28,
};

type RandomDraw = 'bits' | 'uniform' | 'normal' | 'truncated_normal';

/** Which libraries draw what. */
const PEERS: Readonly<Record<RandomDraw, readonly string[]>> = {
  bits: ['numpy'],
  uniform: ['tfjs', 'jax', 'typegpu', 'Math.random', 'numpy', 'torch'],
  normal: ['tfjs', 'jax', 'typegpu', 'Math.random', 'numpy', 'torch'],
  truncated_normal: ['tfjs', 'torch'],
};

const RANDOM = Object.keys(PEERS) as RandomDraw[];

/** The draws beside those of initializers: their dtypes, and which libraries draw them, too. */
const SAMPLED: Partial<Record<DrawName, { readonly dtype: Dtype; readonly peers: readonly string[] }>> = {
  bernoulli: { dtype: 'float32', peers: ['jax', 'typegpu'] },
  rademacher: { dtype: 'float32', peers: ['jax'] },
  randint: { dtype: 'int32', peers: ['tfjs', 'jax'] },
  poisson: { dtype: 'int32', peers: [] },
  permutation: { dtype: 'uint32', peers: [] },
  exponential: { dtype: 'float32', peers: ['jax', 'typegpu'] },
  laplace: { dtype: 'float32', peers: ['jax'] },
  logistic: { dtype: 'float32', peers: ['jax'] },
  gumbel: { dtype: 'float32', peers: ['jax'] },
  lognormal: { dtype: 'float32', peers: ['jax'] },
  gamma: { dtype: 'float32', peers: [] },
};

const CONTINUOUS: readonly DrawName[] = [
  'exponential',
  'laplace',
  'logistic',
  'gumbel',
  'lognormal',
  'gamma',
];

const COMPARED_STREAMS = ['jax', 'torch', 'tensorflow'] as const;

interface Plan {
  /** Every draw against every peer: sizes, and seconds for each case. */
  readonly sizes: readonly (readonly [size: string, seconds: number])[];
  /** The size of the comparisons of dtypes and of dispatch shapes. */
  readonly compared: string;
  readonly dtypeSeconds: number;
  readonly dispatchSeconds: number;
  readonly models: readonly (readonly [preset: string, seconds: number])[];
  /** Logits to choose from. */
  readonly choices: readonly (readonly [rows: number, vocabulary: number, seconds: number])[];
  /** Sides of the orthogonal matrix, seconds, and where tf.js takes minutes, seconds until it is stopped. */
  readonly orthogonal: readonly (readonly [side: number, seconds: number, stopAfter?: number])[];
}

const FULL: Plan = {
  sizes: [
    ['small', 1.5],
    ['16M', 12],
    ['256M', 12],
  ],
  compared: '16M',
  dtypeSeconds: 4,
  dispatchSeconds: 4,
  models: [['gpt2', 20]],
  choices: [[64, 256_000, 12]],
  orthogonal: [
    [128, 2],
    [512, 8, 300],
  ],
};

const QUICK: Plan = {
  sizes: [
    ['small', 0.4],
    ['1M', 1],
  ],
  compared: '1M',
  dtypeSeconds: 0.5,
  dispatchSeconds: 0.5,
  models: [],
  choices: [[16, 64_000, 1]],
  orthogonal: [[128, 1, 25]],
};

/** All cases of a run, those that everything else leans on first. */
export function allCases(quick: boolean): Case[] {
  const { sizes, compared, dtypeSeconds, dispatchSeconds, models, choices, orthogonal } = quick
    ? QUICK
    : FULL;
  const [small, middle, ...large] = sizes;
  const draws = ([size, seconds]: readonly [string, number]): Case[] =>
    RANDOM.map((draw) => drawCase(draw, size, seconds));
  return [
    ...draws(small),
    ...draws(middle),
    ...Object.keys(SAMPLED).map((draw) => sampledCase(draw as DrawName, compared, dtypeSeconds)),
    ...(['uniform', 'normal', 'truncated_normal'] as const).map((draw) =>
      dtypeCase(draw, compared, dtypeSeconds),
    ),
    dispatchCase(compared, dispatchSeconds),
    ...(['bits', 'uniform', 'normal'] as const).map((draw) => streamCase(draw, compared, dtypeSeconds)),
    ...models.map(([name, seconds]) => modelCase(name, seconds)),
    ...large.flatMap(draws),
    ...choices.map(([rows, vocabulary, seconds]) => choiceCase(rows, vocabulary, seconds)),
    ...orthogonal.map(([side, seconds, stopAfter]) => orthogonalCase(side, seconds, stopAfter)),
  ];
}

function drawCase(draw: RandomDraw, size: string, seconds: number): Case {
  const dtype = draw === 'bits' ? 'uint32' : 'float32';
  const peers = PEERS[draw].map((maker): Entry => ({ maker, role: 'peer', draw, dtype }));
  const maths =
    draw === 'normal' || draw === 'truncated_normal' ? (['exact', 'native'] as const) : (['exact'] as const);
  return {
    name: `${draw}/${dtype}/${size}`,
    size,
    shape: [SIZES[size]],
    seconds,
    entries: [
      ...limits('float32'),
      ...(draw === 'bits' ? [] : maths.map((math) => gpu(draw, dtype, { math }))),
      ...CPU_MAKERS.map((maker): Entry => ({ maker, role: 'ours', draw, dtype, math: 'exact' })),
      ...peers,
    ],
  };
}

function sampledCase(draw: DrawName, size: string, seconds: number): Case {
  const { dtype, peers } = SAMPLED[draw]!;
  return {
    name: `${draw}/${dtype}/${size}`,
    size,
    shape: [SIZES[size]],
    seconds,
    entries: [
      ...limits('float32'),
      gpu(draw, dtype),
      // A normal is what the draws that need a logarithm are held against.
      ...(CONTINUOUS.includes(draw) ? [gpu('normal', 'float32')] : []),
      { maker: 'cpu', role: 'ours', draw, dtype, math: 'exact' },
      ...peers.map((maker): Entry => ({ maker, role: 'peer', draw, dtype })),
    ],
  };
}

function dtypeCase(draw: RandomDraw, size: string, seconds: number): Case {
  return {
    name: `${draw}/dtypes/${size}`,
    size,
    shape: [SIZES[size]],
    seconds,
    entries: [
      ...limits('float32'),
      ...(['float32', 'float16', 'bfloat16'] as const).map((dtype) => gpu(draw, dtype)),
    ],
  };
}

/** Other frameworks' values beside our own of the same draw, and beside those frameworks themselves. */
function streamCase(draw: RandomDraw, size: string, seconds: number): Case {
  const dtype = draw === 'bits' ? 'uint32' : 'float32';
  const peers = PEERS[draw].filter((maker) => maker !== 'tfjs' && maker !== 'Math.random');
  return {
    name: `${draw}/streams/${size}`,
    size,
    shape: [SIZES[size]],
    seconds,
    entries: [
      ...limits('float32'),
      ...(draw === 'bits' ? [] : [gpu(draw, dtype)]),
      ...COMPARED_STREAMS.map((stream) => ({ ...gpu(draw, dtype), stream })),
      ...[undefined, ...COMPARED_STREAMS].map((stream): Entry => ({
        maker: 'cpu',
        role: 'ours',
        draw,
        dtype,
        math: 'exact',
        ...(stream !== undefined && { stream }),
      })),
      ...peers.map((maker): Entry => ({ maker, role: 'peer', draw, dtype })),
    ],
  };
}

function dispatchCase(size: string, seconds: number): Case {
  return {
    name: `normal/dispatch/${size}`,
    size,
    shape: [SIZES[size]],
    seconds,
    entries: [
      ...limits('float32'),
      ...(['encode', 'fill', 'ranges'] as const).map((dispatch) => gpu('normal', 'float32', { dispatch })),
    ],
  };
}

function modelCase(name: string, seconds: number): Case {
  const elements = describeModel(name).tensors.reduce((sum, { shape }) => sum + elementCount(shape), 0);
  return {
    name: `normal/float32/${name}`,
    size: name,
    shape: [elements],
    model: name,
    seconds,
    entries: [
      ...limits('float32'),
      ...(['encode', 'all'] as const).map((dispatch) => gpu('normal', 'float32', { dispatch })),
    ],
  };
}

function choiceCase(rows: number, vocabulary: number, seconds: number): Case {
  const entry = { draw: 'categorical', dtype: 'float32' } as const;
  const size = `${rows}x${vocabulary}`;
  return {
    name: `categorical/float32/${size}`,
    size,
    shape: [rows, vocabulary],
    seconds,
    entries: [
      ...limits('float32'),
      gpu('categorical', 'float32'),
      { maker: 'sum', role: 'limit', ...entry },
      { maker: 'cpu', role: 'ours', math: 'exact', ...entry },
      { maker: 'tfjs', role: 'peer', ...entry },
      { maker: 'jax', role: 'peer', ...entry },
    ],
  };
}

function orthogonalCase(side: number, seconds: number, stopAfter: number | undefined): Case {
  const entry = { draw: 'orthogonal', dtype: 'float32' } as const;
  return {
    name: `orthogonal/float32/${side}x${side}`,
    size: `${side}x${side}`,
    shape: [side, side],
    seconds,
    stopAfter,
    entries: [
      ...limits('float32'),
      gpu('orthogonal', 'float32', { dispatch: 'fill' }),
      { maker: 'cpu', role: 'ours', math: 'exact', ...entry },
      { maker: 'cpu reference', role: 'ours', math: 'exact', ...entry },
      { maker: 'tfjs', role: 'peer', once: true, ...entry },
    ],
  };
}

function limits(dtype: 'float32'): Entry[] {
  return [
    { ...gpu('constant', dtype), role: 'limit' },
    { ...gpu('bits', 'uint32'), role: 'limit' },
  ];
}

function gpu(
  draw: DrawName,
  dtype: Entry['dtype'],
  { math = 'exact', dispatch = 'encode' }: { math?: Entry['math']; dispatch?: Submission } = {},
): Entry {
  return { maker: 'gpu', role: 'ours', draw, dtype, math, dispatch };
}
