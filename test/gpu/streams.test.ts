import { it } from 'vitest';
import { Sampler, type Dtype } from '../../src/index';
import { describeGpu } from '../harness/describe';
import { fillBytes, type FillRequest } from '../harness/request';
import { expectSameBytes } from '../support/bytes';

/** What every stream draws, in a shape whose ranges begin and end inside of blocks. */
const DRAWS: readonly { readonly initializer: unknown; readonly dtype: Dtype }[] = [
  { initializer: 'bits', dtype: 'uint32' },
  { initializer: { draw: { kind: 'uniform', low: -0.05, high: 0.1 } }, dtype: 'float32' },
  { initializer: { draw: { kind: 'uniform', low: -0.05, high: 0.1 } }, dtype: 'bfloat16' },
  { initializer: { draw: { kind: 'normal', mean: 1, stddev: 0.02 } }, dtype: 'float32' },
  {
    initializer: { draw: { kind: 'truncated_normal', mean: 0, stddev: 1, lower: -2, upper: 2 } },
    dtype: 'float16',
  },
];

const STREAMS: readonly string[] = [
  'jax', // the rest of its draws is in streams_jax.test.ts
];

describeGpu('the streams of other generators', (runner) => {
  it.each(STREAMS)('%s gives the same bytes on the GPU and on the CPU', async (stream) => {
    const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
    const requests = DRAWS.map((draw): FillRequest => ({
      ...draw,
      stream,
      shape: [1003],
      seed: '81985529216486895',
      name: 'a/b',
      range: { start: 5, count: 995 },
    }));
    const filled = await Promise.all(requests.map((request) => runner().fill(request)));
    for (const [i, request] of requests.entries())
      expectSameBytes(filled[i], await fillBytes(cpu, request), `${stream} ${JSON.stringify(DRAWS[i])}`);
  });
});
