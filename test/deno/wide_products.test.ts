import { it } from 'vitest';
import { type Draw, Sampler } from '../../src/index';
import { describeGpu } from '../harness/describe';
import { fillBytes, type FillRequest } from '../harness/request';
import { expectSameBytes } from '../support/bytes';

const DRAWS: readonly (readonly [label: string, draw: Draw, dtype: FillRequest['dtype']])[] = [
  ['bits', { kind: 'bits' }, 'uint32'],
  ['uniform', { kind: 'uniform', low: -1e-9, high: 1000 }, 'float32'],
  ['normal', { kind: 'normal', mean: 1, stddev: 0.001 }, 'float32'],
  ['normal_half', { kind: 'normal', mean: 1, stddev: 0.001 }, 'bfloat16'],
  ['truncated_normal', { kind: 'truncated_normal', mean: 0, stddev: 0.05, lower: -2, upper: 2 }, 'float32'],
  ['gamma', { kind: 'gamma', concentration: 0.5, scale: 2 }, 'float32'],
  ['randint', { kind: 'randint', low: 5, high: 3_000_000_000 }, 'uint32'],
];

describeGpu('kernels with products of 64 bits give the same bytes', (runner) => {
  it.each(DRAWS)('%s', async (kernel, draw, dtype) => {
    const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
    const range = { start: 6, count: 30_011 };
    const request: FillRequest = {
      initializer: { draw },
      shape: [40_000],
      range,
      dtype,
      seed: '18446744073709551615',
    };
    const filled = await runner().fillWide!(request, `tensorseed ${kernel} body`);
    expectSameBytes(filled, await fillBytes(cpu, request), kernel);
  });
});
