import { expect, it } from 'vitest';
import { type Draw, type Dtype, Sampler } from '../../src/index';
import { describeGpu } from '../harness/describe';
import { fillBytes, type FillRequest } from '../harness/request';
import { expectSameBytes } from '../support/bytes';

const FLOATS: readonly Dtype[] = ['float32', 'float16', 'bfloat16'];

interface Case {
  readonly draw: Draw;
  readonly dtypes: readonly Dtype[];
  readonly stream?: string;
}

const DRAWS: readonly Case[] = [
  { draw: { kind: 'bits' }, dtypes: ['uint32'] },
  { draw: { kind: 'uniform', low: -0.3, high: 0.7 }, dtypes: FLOATS },
  { draw: { kind: 'normal', mean: 0.5, stddev: 2 }, dtypes: FLOATS },
  { draw: { kind: 'truncated_normal', mean: 0, stddev: 1, lower: -2, upper: 2 }, dtypes: ['bfloat16'] },
  { draw: { kind: 'foreign', name: 'randint', numbers: [-(2 ** 31), 2 ** 31 - 1] }, dtypes: ['int32'] },
  { draw: { kind: 'foreign', name: 'bernoulli', numbers: [0.25] }, dtypes: ['float16'] },
  {
    draw: { kind: 'truncated_normal', mean: 0, stddev: 1, lower: -2, upper: 2 },
    dtypes: ['float32'],
    stream: 'keras/torch',
  },
];

/** 4 blocks of 256 threads: the largest tensors have many waves. */
const CUDA: readonly Case[] = [
  { draw: { kind: 'normal', mean: 0, stddev: 1 }, dtypes: ['float32'] },
  { draw: { kind: 'normal', mean: 0.5, stddev: 2 }, dtypes: ['bfloat16'] },
  { draw: { kind: 'uniform', low: 0, high: 1 }, dtypes: ['float32', 'float16'] },
  { draw: { kind: 'uniform', low: -0.05, high: 0.07 }, dtypes: ['float32', 'bfloat16'] },
];

const STATELESS: readonly Case[] = [
  { draw: { kind: 'bits' }, dtypes: ['uint32'] },
  { draw: { kind: 'normal', mean: 0.5, stddev: 2 }, dtypes: FLOATS },
  { draw: { kind: 'uniform', low: 0, high: 1 }, dtypes: FLOATS },
  { draw: { kind: 'uniform', low: -0.05, high: 0.07 }, dtypes: FLOATS },
  { draw: { kind: 'uniform', low: -100, high: 0.3 }, dtypes: FLOATS },
  { draw: { kind: 'uniform', low: 5, high: 5 }, dtypes: ['float32'] },
  { draw: { kind: 'foreign', name: 'randint', numbers: [-5, 7] }, dtypes: ['int32'] },
  { draw: { kind: 'foreign', name: 'randint', numbers: [0, 2 ** 32] }, dtypes: ['uint32'] },
  { draw: { kind: 'foreign', name: 'randint', numbers: [0, 2 ** 30] }, dtypes: ['int32', 'uint32'] },
];

/** Fewer than 16 elements, ragged blocks, ranges of all lanes, and more than the words of one piece. */
const SHAPES: readonly Pick<FillRequest, 'shape' | 'range'>[] = [
  { shape: [] },
  { shape: [15] },
  { shape: [1, 4, 64, 64] },
  { shape: [1001] },
  ...[1, 2, 7, 988].map((start) => ({ shape: [1003], range: { start, count: 1003 - start - 3 } })),
  { shape: [1003], range: { start: 1002, count: 1 } },
  { shape: [2 ** 18 + 37], range: { start: 3, count: 2 ** 18 + 34 } },
];

describeGpu('the streams of torch give the same bytes on the GPU as on the CPU', (runner) => {
  const cases = [
    ...DRAWS.map((one) => ({ stream: 'torch', ...one })),
    ...STATELESS.map((one) => ({ stream: 'torch-stateless', ...one })),
    ...CUDA.map((one) => ({ stream: 'torch-cuda/1x1024', ...one })),
  ];
  for (const { draw, dtypes, stream } of cases) {
    it.each(dtypes)(`${stream}: ${JSON.stringify(draw)} in %s`, async (dtype) => {
      const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
      const requests = SHAPES.map((rest): FillRequest => ({
        initializer: { draw },
        seed: '1311768467463790320',
        stream,
        dtype,
        ...rest,
      }));
      const filled = await Promise.all(requests.map((request) => runner().fill(request)));
      for (const [i, request] of requests.entries()) {
        expect(filled[i].length).toBeGreaterThan(0);
        expectSameBytes(filled[i], await fillBytes(cpu, request), JSON.stringify(request));
      }
    });
  }

  it('orthogonal matrices agree within their bound', async () => {
    const cpu = await Sampler.create({ backend: 'cpu' });
    for (const [rows, columns] of [
      [40, 33],
      [33, 700],
    ]) {
      const draw: Draw = { kind: 'orthogonal', rows, columns, gain: 1, offset: 0 };
      const request: FillRequest = {
        initializer: { draw },
        shape: [rows, columns],
        seed: '5',
        stream: 'torch',
      };
      const [gpu, host] = [await runner().fill(request), await fillBytes(cpu, request)].map(
        (bytes) => new Float32Array(bytes.slice().buffer),
      );
      expect(gpu.length).toBe(rows * columns);
      gpu.forEach((value, i) => expect(Math.abs(value - host[i])).toBeLessThan(1e-5));
    }
  });
});
