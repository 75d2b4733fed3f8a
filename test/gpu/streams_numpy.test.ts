import { it } from 'vitest';
import { Sampler } from '../../src/index';
import { describeGpu } from '../harness/describe';
import { fillBytes, type FillRequest } from '../harness/request';
import { expectSameBytes } from '../support/bytes';

const NORMAL = { draw: { kind: 'normal', mean: 1, stddev: 0.02 } };

const REQUESTS: readonly Omit<FillRequest, 'shape' | 'seed' | 'range'>[] = [
  { stream: 'numpy', initializer: 'bits', dtype: 'uint32' },
  { stream: 'numpy', initializer: { draw: { kind: 'foreign', name: 'integers', numbers: [-7, 1000] } } },
  { stream: 'numpy', initializer: NORMAL, dtype: 'float32' },
  { stream: 'numpy', initializer: NORMAL, dtype: 'float16' },
  { stream: 'numpy', initializer: NORMAL, dtype: 'bfloat16', name: 'a/b' },
  { stream: 'numpy', initializer: { draw: { kind: 'uniform', low: -0.05, high: 0.1 } } },
  { stream: 'keras/numpy', initializer: 'he_normal' },
  { stream: 'keras/numpy', initializer: 'he_normal', dtype: 'float16' },
  { stream: 'keras/numpy', initializer: 'glorot_uniform', dtype: 'bfloat16' },
];

describeGpu('the streams of NumPy', (runner) => {
  it.each(REQUESTS)('$stream fills $initializer in $dtype as the CPU does', async (asked) => {
    const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
    const requests: FillRequest[] = [
      { ...asked, shape: [257, 33], seed: '42' },
      { ...asked, shape: [9, 111], seed: '42', range: { start: 5, count: 990 } },
    ];
    const filled = await Promise.all(requests.map((request) => runner().fill(request)));
    for (const [i, request] of requests.entries())
      expectSameBytes(filled[i], await fillBytes(cpu, request), JSON.stringify(request));
  });
});
