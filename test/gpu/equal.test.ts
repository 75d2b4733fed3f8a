import { it } from 'vitest';
import { Sampler, type Draw, type Dtype } from '../../src/index';
import { expectSameBytes } from '../support/bytes';
import { describeGpu } from '../harness/describe';
import { fillBytes, type FillRequest } from '../harness/request';
import type { Runner } from '../harness/runner';

const HALVES: readonly Dtype[] = ['float32', 'float16', 'bfloat16'];
const INTEGERS: readonly Dtype[] = ['uint32', 'int32', 'uint8', 'int8'];

const EXACT: readonly { readonly draw: Draw; readonly dtypes: readonly Dtype[] }[] = [
  { draw: { kind: 'constant', value: -0.1 }, dtypes: HALVES },
  { draw: { kind: 'constant', value: 0 }, dtypes: HALVES },
  { draw: { kind: 'bits' }, dtypes: ['uint32'] },
  { draw: { kind: 'bernoulli', probability: 0.3 }, dtypes: [...HALVES, ...INTEGERS] },
  { draw: { kind: 'bernoulli', probability: 1 }, dtypes: ['float16', 'uint8', 'int32'] },
  { draw: { kind: 'bernoulli_packed', probability: 0.3 }, dtypes: ['uint32'] },
  { draw: { kind: 'rademacher' }, dtypes: [...HALVES, 'int32', 'int8'] },
  { draw: { kind: 'randint', low: 1, high: 7 }, dtypes: INTEGERS },
  { draw: { kind: 'randint', low: -128, high: 128 }, dtypes: ['int8', 'int32'] },
  { draw: { kind: 'randint', low: 5, high: 3_000_000_000 }, dtypes: ['uint32'] }, // many words are rejected
  { draw: { kind: 'randint', low: -(2 ** 31), high: 2 ** 31 }, dtypes: ['int32'] },
  { draw: { kind: 'poisson', rate: 3 }, dtypes: ['int32', 'uint32', 'float32'] },
  { draw: { kind: 'poisson', rate: 1e6 }, dtypes: ['int32', 'float32'] },
  { draw: { kind: 'poisson', rate: 1e-9 }, dtypes: ['int32'] },
  { draw: { kind: 'permutation', size: 10_000 }, dtypes: ['uint32', 'int32'] },
  { draw: { kind: 'permutation', size: 2 ** 32 }, dtypes: ['uint32'] },
  { draw: { kind: 'uniform', low: 0, high: 1 }, dtypes: HALVES },
  { draw: { kind: 'uniform', low: -0.05, high: 0.05 }, dtypes: HALVES },
  { draw: { kind: 'uniform', low: 5, high: 5.01 }, dtypes: HALVES },
  { draw: { kind: 'uniform', low: -1e-9, high: 1000 }, dtypes: HALVES }, // 96 bits
  { draw: { kind: 'uniform', low: -3e38, high: 3e38 }, dtypes: ['float32'] },
  { draw: { kind: 'uniform', low: 0, high: 1e-43 }, dtypes: ['float32', 'bfloat16'] }, // subnormal
  { draw: { kind: 'normal', mean: 0, stddev: 0.02 }, dtypes: HALVES },
  { draw: { kind: 'normal', mean: 1, stddev: 0.001 }, dtypes: HALVES },
  { draw: { kind: 'normal', mean: -100, stddev: 1e-9 }, dtypes: HALVES }, // 96 bits
  { draw: { kind: 'normal', mean: 0, stddev: 1e-40 }, dtypes: ['float32', 'bfloat16'] }, // subnormal
  { draw: { kind: 'truncated_normal', mean: 0, stddev: 0.05, lower: -2, upper: 2 }, dtypes: HALVES },
  {
    draw: { kind: 'truncated_normal', mean: 0.5, stddev: 0.1, lower: -Infinity, upper: 0.25 },
    dtypes: HALVES,
  },
  { draw: { kind: 'truncated_normal', mean: 0, stddev: 1, lower: 1.5, upper: Infinity }, dtypes: HALVES },
  { draw: { kind: 'exponential', scale: 1 }, dtypes: HALVES },
  { draw: { kind: 'exponential', scale: 1e-30 }, dtypes: HALVES }, // subnormal, and 0 in float16
  { draw: { kind: 'laplace', loc: 0, scale: 0.02 }, dtypes: HALVES },
  { draw: { kind: 'laplace', loc: -5, scale: 1e-9 }, dtypes: HALVES }, // 96 bits
  { draw: { kind: 'logistic', loc: 0, scale: 3 }, dtypes: HALVES },
  { draw: { kind: 'logistic', loc: 1, scale: 0.1 }, dtypes: HALVES },
  { draw: { kind: 'gumbel', loc: 0, scale: 1 }, dtypes: HALVES },
  { draw: { kind: 'gumbel', loc: 0.5, scale: 2 }, dtypes: HALVES },
  { draw: { kind: 'gamma', concentration: 0.05, scale: 1 }, dtypes: HALVES }, // subnormal, and 0
  { draw: { kind: 'gamma', concentration: 0.5, scale: 2 }, dtypes: HALVES },
  { draw: { kind: 'gamma', concentration: 2 ** -10, scale: 1e30 }, dtypes: ['float32'] },
  { draw: { kind: 'gamma', concentration: 1, scale: 1 }, dtypes: HALVES }, // the most candidates are rejected
  { draw: { kind: 'gamma', concentration: 50, scale: 0.1 }, dtypes: HALVES },
  { draw: { kind: 'gamma', concentration: 2 ** 20, scale: 1e-45 }, dtypes: ['float32'] },
  { draw: { kind: 'lognormal', mean: 0, stddev: 1 }, dtypes: HALVES },
  { draw: { kind: 'lognormal', mean: -80, stddev: 10 }, dtypes: ['float32', 'bfloat16'] }, // subnormal
  { draw: { kind: 'lognormal', mean: 1.5, stddev: 0 }, dtypes: HALVES },
  { draw: { kind: 'inverse_softplus', low: 0.001, high: 0.1, floor: 1e-4 }, dtypes: HALVES },
];

/** Counts around groups, blocks and workgroups; and a range inside, so that lanes and groups disagree. */
const SHAPES: readonly { readonly shape: number[]; readonly range?: { start: number; count: number } }[] = [
  { shape: [] },
  { shape: [3] },
  { shape: [257, 33] },
  { shape: [65] }, // the last element alone in its binding, after a body's vectors
  { shape: [1000], range: { start: 1, count: 998 } },
  { shape: [1000], range: { start: 6, count: 511 } },
  { shape: [1000], range: { start: 999, count: 1 } },
];

/** -0 and infinities do not survive JSON on the way into a page; bounds say so as envelopes do. */
function request(draw: Draw, rest: Omit<FillRequest, 'initializer'>): FillRequest {
  return { initializer: { draw }, ...rest };
}

/** Fills all at the same time: waiting for each alone takes long in some browsers. */
async function expectSame(runner: Runner, requests: readonly FillRequest[]): Promise<void> {
  const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
  const filled = await Promise.all(requests.map((request) => runner.fill(request)));
  for (const [i, request] of requests.entries()) {
    const { shape, range, dtype } = request;
    expectSameBytes(filled[i], await fillBytes(cpu, request), JSON.stringify({ shape, range, dtype }));
  }
}

describeGpu('the GPU and the CPU give the same bytes', (runner) => {
  for (const { draw, dtypes } of EXACT) {
    for (const dtype of dtypes) {
      it(`${JSON.stringify(draw, (_, v: unknown) => (v === Infinity || v === -Infinity ? String(v) : v))} in ${dtype}`, async () => {
        await expectSame(
          runner(),
          SHAPES.map((rest) => request(draw, { ...rest, dtype, seed: '1311768467463790320' })),
        );
      });
    }
  }

  it.each([
    [7, 7],
    [5, 300],
    [300, 5],
    [1, 9],
    [9, 1],
  ])('eye %i x %i', async (rows, columns) => {
    const draw: Draw = { kind: 'eye', rows, columns, value: -1.5 };
    const asked = HALVES.flatMap((dtype) =>
      [0, 1, 3].map((start) => {
        const range = { start, count: rows * columns - start - 1 };
        return request(draw, { shape: [rows, columns], dtype, range, seed: '0' });
      }),
    );
    await expectSame(runner(), asked);
  });

  it.each([
    ['torch', [12, 5, 3, 4]],
    ['keras', [3, 4, 5, 12]],
    ['torch', [2048, 12, 3]],
    ['keras', [3, 3, 700, 1200]],
  ])('dirac of layout %s in %j', async (layout, shape) => {
    const total = shape.reduce((a, b) => a * b);
    const asked = [1, 2, 3].flatMap((groups) =>
      HALVES.flatMap((dtype) =>
        [0, 1, 3, Math.floor(total / 2)].map((start): FillRequest => {
          const range = { start, count: Math.min(total - start - 1, 30_000) };
          const initializer = {
            class_name: 'Dirac',
            config: { groups: layout === 'torch' && groups === 3 ? 4 : groups, layout },
          };
          return { initializer, shape, dtype, range, seed: '0' };
        }),
      ),
    );
    await expectSame(runner(), asked);
  });

  it.each([
    [[64, 1, 33], {}],
    [[31, 1, 7], { side: 'imag', window: 'flattop', periodic: true, scaling: 'spectrum' }],
    [[700, 1, 513], { window: null }], // more than one piece
  ])('stft %j of %j', async (shape, config) => {
    const total = shape[0] * shape[2];
    const asked = HALVES.flatMap((dtype) =>
      [0, 1, 6, total - 17].map((start): FillRequest => {
        const range = { start, count: total - start - 1 };
        return { initializer: { class_name: 'STFT', config }, shape, dtype, range, seed: '0' };
      }),
    );
    await expectSame(runner(), asked);
  });

  it.each([
    [[1, 38, 12], 'Sinusoidal', { grid: [5, 7], zero_rows: 3, layout: 'interleaved', extent: 2.5 }],
    [[1500, 384], 'Sinusoidal', { endpoint: true }], // more than one piece
    [[31, 16], 'LogArange', {}],
  ] as const)('%j of %s with %j', async (shape, class_name, config) => {
    const total = shape.reduce((a: number, b) => a * b, 1);
    const asked = HALVES.flatMap((dtype) =>
      [0, 1, 6, total - 17].map((start): FillRequest => {
        const range = { start, count: total - start - 1 };
        return { initializer: { class_name, config }, shape: [...shape], dtype, range, seed: '0' };
      }),
    );
    await expectSame(runner(), asked);
  });

  it.each([
    [31, 5],
    [1, 9],
    [9, 1],
    [100, 301],
    [2 ** 16, 3],
  ])('sparse %i x %i', async (rows, columns) => {
    const asked = [0.02, 1e-40].flatMap((stddev) =>
      (stddev === 0.02 ? HALVES : HALVES.slice(0, 1)).flatMap((dtype) =>
        [0, 1, 6].map((start): FillRequest => {
          const range = { start, count: Math.min(rows * columns - start - 1, 40_000) };
          const initializer = { class_name: 'Sparse', config: { sparsity: 0.3, stddev } };
          return { initializer, shape: [rows, columns], dtype, range, seed: '7' };
        }),
      ),
    );
    await expectSame(runner(), asked);
  });

  it('sparse at elements beyond 2^32', async () => {
    const shape = [2 ** 26, 2 ** 26 - 1];
    const asked = [2 ** 32 - 3, 2 ** 45 + 1, shape[0] * shape[1] - 100].map((start): FillRequest => {
      const initializer = { class_name: 'Sparse', config: { sparsity: 0.5 } };
      return { initializer, shape, range: { start, count: 61 }, seed: '7' };
    });
    await expectSame(runner(), asked);
  });

  it.each([
    'glorot_uniform',
    'he_normal',
    'random_normal',
    'truncated_normal',
    'lecun_uniform',
    'bits_by_name',
  ])('%s with a name and a large seed', async (identifier) => {
    const initializer = identifier === 'bits_by_name' ? { draw: { kind: 'bits' } } : identifier;
    const asked: FillRequest = {
      initializer,
      shape: [3, 3, 16, 32],
      seed: '18446744073709551615',
      name: 'conv/kernel',
    };
    await expectSame(runner(), [asked]);
  });
});

describeGpu('wide permutations', (runner) => {
  it.each([3, 1000, 2 ** 32 + 1, 2 ** 40, 2 ** 53 - 1])(
    'of %d integers are those of the CPU',
    async (size) => {
      // A tensor has fewer than 2^53 elements, and two for each integer.
      const total = Math.min(2 * size, Number.MAX_SAFE_INTEGER - 1);
      const lengths = [1, 2, 61, 998].filter((count) => count < total);
      const starts = [0, 1, 2, 5, 2 ** 33 - 3, 2 ** 40 + 1];
      const ranges = lengths.flatMap((count) =>
        [...starts.filter((start) => start < total - count), total - count].map((start) => ({
          start,
          count,
        })),
      );
      const draw: Draw = { kind: 'permutation_wide', size };
      await expectSame(
        runner(),
        ranges.map((range) => request(draw, { shape: [total], range, dtype: 'uint32', seed: '42' })),
      );
    },
  );
});

describeGpu('far elements', (runner) => {
  const far = [2 ** 32 - 3, 2 ** 32 + 1, 4 * 2 ** 32 - 2, 10 ** 12, 2 ** 53 - 1 - 64];
  it.each(far)('at %d are those of the CPU', async (start) => {
    const draws: readonly Draw[] = [
      { kind: 'bits' },
      { kind: 'uniform', low: -1, high: 1 },
      { kind: 'normal', mean: 0, stddev: 1 },
    ];
    const rest = { shape: [Number.MAX_SAFE_INTEGER], range: { start, count: 61 }, seed: '5' };
    const side = 2 ** 26;
    const columns = side - 1;
    const shape = [side, columns];
    const diagonal = Math.min(Math.floor(start / (columns + 1)) * (columns + 1), side * columns - 64);
    const eye = request(
      { kind: 'eye', rows: side, columns, value: 1 },
      { shape, range: { start: diagonal, count: 61 }, seed: '5' },
    );
    await expectSame(runner(), [...draws.map((draw) => request(draw, rest)), eye]);
  });
});
