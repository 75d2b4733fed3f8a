import { expect, it } from 'vitest';
import { type Draw, type Dtype, Sampler } from '../../src/index';
import { describeGpu } from '../harness/describe';
import { fillBytes, type FillRequest } from '../harness/request';
import { expectSameBytes } from '../support/bytes';

const FLOATS: readonly Dtype[] = ['float32', 'float16', 'bfloat16'];

const DRAWS: readonly { readonly draw: Draw; readonly dtypes: readonly Dtype[] }[] = [
  { draw: { kind: 'bits' }, dtypes: ['uint32'] },
  { draw: { kind: 'uniform', low: -0.3, high: 0.7 }, dtypes: FLOATS },
  { draw: { kind: 'normal', mean: 0.5, stddev: 2 }, dtypes: FLOATS },
  { draw: { kind: 'truncated_normal', mean: 0, stddev: 1, lower: -2, upper: 2 }, dtypes: ['bfloat16'] },
  { draw: { kind: 'foreign', name: 'randint', numbers: [-(2 ** 31), 2 ** 31 - 1] }, dtypes: ['int32'] },
  { draw: { kind: 'foreign', name: 'bernoulli', numbers: [0.25] }, dtypes: ['float16'] },
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

describeGpu('the GPU copies what torch draws from a generator with state', (runner) => {
  for (const { draw, dtypes } of DRAWS) {
    it.each(dtypes)(`${JSON.stringify(draw)} in %s`, async (dtype) => {
      const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
      const requests = SHAPES.map((rest): FillRequest => ({
        initializer: { draw },
        seed: '1311768467463790320',
        stream: 'torch',
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
