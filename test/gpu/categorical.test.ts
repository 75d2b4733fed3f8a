import { it } from 'vitest';
import { Sampler } from '../../src/index';
import { describeGpu } from '../harness/describe';
import type { CategoricalRequest, LogitsRequest } from '../harness/operations';
import { fillBytes } from '../harness/request';
import { expectSameBytes } from '../support/bytes';

const PATTERNS = {
  float32: [0x7fc00000, 0xff800000, 0x7f800000, 0x80000000, 0, 1, 0x80000001, 0x7f7fffff, 0xff7fffff],
  float16: [0x7e00, 0xfc00, 0x7c00, 0x8000, 0, 1, 0x8001, 0x7bff, 0xfbff],
  bfloat16: [0x7fc0, 0xff80, 0x7f80, 0x8000, 0, 1, 0x8001, 0x7f7f, 0xff7f],
};
const DTYPES = ['float32', 'float16', 'bfloat16'] as const;

const request = (
  logits: LogitsRequest,
  options: CategoricalRequest['options'],
  seed = '1311768467463790320',
): CategoricalRequest => ({ operation: 'categorical', logits, options, seed });

describeGpu('the GPU and the CPU choose the same', (runner) => {
  async function expectSame(asked: CategoricalRequest): Promise<void> {
    const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
    expectSameBytes(await runner().fill(asked), await fillBytes(cpu, asked), JSON.stringify(asked.options));
  }

  for (const dtype of DTYPES) {
    it.each([
      [1, 1],
      [7, 1],
      [5, 3],
      [300, 10],
      [33, 4099],
      [3, 50_257],
    ])(`of %i rows of %i logits in ${dtype}`, async (rows, vocabulary) => {
      for (const temperature of [1, 0.7, 0])
        await expectSame(
          request({ elements: rows * vocabulary, dtype, stddev: 3 }, { vocabulary, temperature }),
        );
    });

    it(`of logits of ${dtype} that are no numbers, infinite, zero, subnormal and huge`, async () => {
      const special = PATTERNS[dtype];
      const vocabulary = special.length;
      const edits: [number, number][] = [];
      // Each row has special values from another one on: all, all but the first, ...
      for (let row = 0; row < vocabulary; row++)
        for (let column = row; column < vocabulary; column++)
          edits.push([row * vocabulary + column, special[(row + column) % vocabulary]]);
      // Then rows of one value alone.
      for (let row = 0; row < vocabulary; row++)
        for (let column = 0; column < vocabulary; column++)
          edits.push([(vocabulary + row) * vocabulary + column, special[row]]);
      for (const temperature of [1, 1e-9, 1e9, 0])
        for (const filters of [{}, { topK: 2 }, { topP: 0.5 }, { minP: 0.5 }])
          await expectSame(
            request(
              { elements: 2 * vocabulary ** 2, dtype, stddev: 1, edits },
              { vocabulary, temperature, ...filters },
            ),
          );
    });
  }

  it.each([
    [1, 4, 1000],
    [5, 37, 9],
    [3, 4100, 2],
  ])('of %i rows of %i logits, %i choices from each', async (rows, vocabulary, samples) => {
    const logits: LogitsRequest = { elements: rows * vocabulary, dtype: 'float32', stddev: 2 };
    for (const options of [{}, { topK: 3 }, { firstRow: 7 }])
      await expectSame(request(logits, { vocabulary, samples, ...options }));
  });

  for (const dtype of ['float32', 'float16'] as const) {
    it.each([
      [9, 5],
      [40, 777],
      [2, 50_257],
    ])(`of %i rows of %i logits in ${dtype}, of which filters leave some`, async (rows, vocabulary) => {
      const logits: LogitsRequest = { elements: rows * vocabulary, dtype, stddev: 3 };
      for (const filters of [
        { topK: 1 },
        { topK: 40 },
        { topK: 1e9 },
        { topP: 0.9 },
        { topP: 0 },
        { minP: 0.05 },
        { minP: 1 },
        { topK: 50, topP: 0.95, minP: 0.01, temperature: 0.7 },
        { topP: 0.999999, temperature: 5 },
      ])
        await expectSame(request(logits, { vocabulary, ...filters }));
    });
  }

  it('of part of a batch', async () => {
    const logits: LogitsRequest = { elements: 3 * 1001, dtype: 'float32', stddev: 1 };
    for (const firstRow of [1, 2 ** 31 + 1, 2 ** 42])
      await expectSame(request(logits, { vocabulary: 1001, firstRow, name: 'a/b', step: 3 }));
  });

  it('of more rows than a dispatch has workgroups', async () => {
    await expectSame(request({ elements: 3 * 70_000, dtype: 'float16', stddev: 1 }, { vocabulary: 3 }));
  });

  it('of one row of 2^18 logits', async () => {
    await expectSame(request({ elements: 2 ** 18, dtype: 'float32', stddev: 2 }, { vocabulary: 2 ** 18 }));
  });

  it('of no row', async () => {
    await expectSame(request({ elements: 0, dtype: 'float32', stddev: 1 }, { vocabulary: 5 }));
  });
});
