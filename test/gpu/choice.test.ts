import { it } from 'vitest';
import { Sampler } from '../../src/index';
import { describeGpu } from '../harness/describe';
import type { ChoiceRequest } from '../harness/operations';
import { fillBytes } from '../harness/request';
import { expectSameBytes } from '../support/bytes';

const PROBABILITIES: Record<string, number[]> = {
  'some of them 0': [0, 0.5, 0, 0, 1e-9, 0.25, 3, 0],
  'one alone': [7],
  'of many sizes': Array.from({ length: 3001 }, (_, i) => Math.fround(Math.sin(i) ** 2 * 2 ** (i % 50))),
};

describeGpu('the GPU and the CPU choose the same indices', (runner) => {
  async function expectSame(asked: Omit<ChoiceRequest, 'operation' | 'seed'>): Promise<void> {
    const request: ChoiceRequest = { operation: 'choice', seed: '18446744073709551615', ...asked };
    const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
    expectSameBytes(await runner().fill(request), await fillBytes(cpu, request));
  }

  it.each([1, 2, 3, 1000, 2 ** 20 + 1, 2 ** 31 + 1, 2 ** 32 - 1, 2 ** 32])(
    'of %i equally likely ones',
    async (population) => {
      for (const count of [0, 1, 2, 4099]) await expectSame({ population, count, options: {} });
    },
  );

  it.each(Object.entries(PROBABILITIES))('by probabilities, %s', async (_, population) => {
    await expectSame({ population, count: 5001, options: {} });
    const possible = population.filter((p) => p > 0).length;
    for (const count of [1, possible])
      await expectSame({ population, count, options: { replacement: false, name: 'a', step: 2 } });
  });

  it('more than an invocation takes at a time', async () => {
    await expectSame({ population: 10, count: 2 ** 21 + 77, options: {} });
  });
});
