import { expect, it } from 'vitest';
import { Sampler, type Draw, type Dtype } from '../../src/index';
import { describeGpu } from '../harness/describe';
import { fillBytes, type FillRequest } from '../harness/request';
import { expectSameBytes } from '../support/bytes';

const FLOATS: readonly Dtype[] = ['float32', 'float16', 'bfloat16'];
const INTEGERS: readonly Dtype[] = ['int32', 'uint32'];

const own = (name: string, ...numbers: number[]): Draw => ({ kind: 'foreign', name, numbers });

/** Each kernel of the stream, along the paths that its parameters choose. */
const DRAWS: readonly { readonly draw: Draw; readonly dtypes: readonly Dtype[] }[] = [
  { draw: { kind: 'bits' }, dtypes: ['uint32'] },
  { draw: { kind: 'uniform', low: 0, high: 1 }, dtypes: FLOATS },
  { draw: { kind: 'uniform', low: -1e-9, high: 1000 }, dtypes: FLOATS }, // 96 bits in float32
  { draw: { kind: 'uniform', low: 0, high: 1e-37 }, dtypes: FLOATS }, // subnormals are zeros
  { draw: { kind: 'normal', mean: 0, stddev: 0.02 }, dtypes: FLOATS },
  { draw: { kind: 'normal', mean: 1.3, stddev: 0.37 }, dtypes: FLOATS },
  { draw: { kind: 'normal', mean: 0, stddev: 2e-38 }, dtypes: ['float32', 'bfloat16'] },
  { draw: { kind: 'truncated_normal', mean: 0, stddev: 0.05, lower: -2, upper: 2 }, dtypes: FLOATS },
  { draw: { kind: 'truncated_normal', mean: 1, stddev: 1, lower: 2.5, upper: 4 }, dtypes: FLOATS },
  { draw: own('exponential'), dtypes: FLOATS },
  { draw: own('gumbel'), dtypes: FLOATS },
  { draw: own('bernoulli', 0.3), dtypes: [...FLOATS, ...INTEGERS] },
  { draw: own('randint', 0, 100_000), dtypes: INTEGERS },
  { draw: own('randint', -(2 ** 31), 2 ** 31), dtypes: ['int32'] },
];

/** Ranges that begin and end inside of blocks, and one whose blocks are beyond 2^32. */
const RANGES: readonly { readonly shape: number[]; readonly range?: { start: number; count: number } }[] = [
  { shape: [3, 1009] },
  { shape: [1000], range: { start: 5, count: 514 } },
  { shape: [2 ** 45], range: { start: 2 ** 34 - 7, count: 300 } },
  { shape: [2 ** 45], range: { start: 2 ** 44 + 2, count: 129 } },
];

describeGpu('the GPU and the CPU give the same bytes of the stream jax', (runner) => {
  for (const { draw, dtypes } of DRAWS) {
    it.each(dtypes)(`${JSON.stringify(draw)} in %s`, async (dtype) => {
      const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
      const requests = RANGES.map((rest): FillRequest => ({
        ...rest,
        initializer: { draw },
        dtype,
        stream: 'jax',
        seed: '3735928559',
      }));
      const filled = await Promise.all(requests.map((request) => runner().fill(request)));
      for (const [i, request] of requests.entries())
        expectSameBytes(filled[i], await fillBytes(cpu, request), JSON.stringify(RANGES[i]));
    });
  }

  it.each(['jax', 'keras/jax'])('orthogonal matrices of %s', async (stream) => {
    const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
    const request: FillRequest = { initializer: 'orthogonal', shape: [9, 5], stream, seed: '7' };
    const [ours, theirs] = (await Promise.all([runner().fill(request), fillBytes(cpu, request)])).map(
      (bytes) => new Float32Array(bytes.slice().buffer),
    );
    expect(Math.max(...ours.map((x, i) => Math.abs(x - theirs[i])))).toBeLessThan(2e-6);
    expect(ours.some((x) => x !== 0)).toBe(true);
  });
});
