import { describe, expect, it } from 'vitest';
import { Sampler } from '../../src/index';
import { describeGpu } from '../harness/describe';
import type { ElementsRequest } from '../harness/elements';
import { fillBytes } from '../harness/request';
import { expectSameBytes } from '../support/bytes';

/** What is special in each dtype, of which everything must stay what it is or become zero. */
const PATTERNS = {
  float32: [
    0x7fc00001, 0xffa00000, 0x7f800000, 0xff800000, 0, 0x80000000, 1, 0x807fffff, 0x7f7fffff, 0x00800000,
  ],
  float16: [0x7e01, 0xfd00, 0x7c00, 0xfc00, 0, 0x8000, 1, 0x83ff, 0x7bff, 0x0400],
  bfloat16: [0x7fc1, 0xffa0, 0x7f80, 0xff80, 0, 0x8000, 1, 0x807f, 0x7f7f, 0x0080],
};
const DTYPES = ['float32', 'float16', 'bfloat16'] as const;

/** Options of each operation, and another choice of them. */
const OPERATIONS = {
  dropout: [{ rate: 0.3 }, { rate: 0 }, { rate: 0.999 }],
  noise: [{ stddev: 0.5 }, { stddev: 0.02, mean: -1.25 }, { stddev: 0, mean: 3 }, { stddev: 1e-41 }],
};

describeGpu('the GPU and the CPU change elements alike', (runner) => {
  async function expectSame(request: ElementsRequest): Promise<void> {
    const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
    const expected = await fillBytes(cpu, request);
    expectSameBytes(await runner().fill(request), expected, JSON.stringify(request.options));
  }

  describe.each(['dropout', 'noise'] as const)('%s', (operation) => {
    it.each(DTYPES)('of %s, what is special included, at any place of both buffers', async (dtype) => {
      const special = PATTERNS[dtype];
      const edits = Array.from({ length: 60 }, (_, i): [number, number] => [
        3 * i,
        special[i % special.length],
      ]);
      const starts = [0, 1, 3, 66];
      for (const [i, inputStart] of starts.entries())
        for (const [j, outputStart] of starts.entries()) {
          const request = { operation, count: 1003 - i, dtype, edits, inputStart, outputStart, seed: '42' };
          const firstElement = [0, 2 ** 32 - 500, 2 ** 53 - 2000, 7][(i + j) % 4];
          const each = OPERATIONS[operation][(i + 2 * j) % OPERATIONS[operation].length];
          await expectSame({ ...request, options: { ...each, firstElement } });
        }
    });

    it.each(DTYPES)('of %s, in place', async (dtype) => {
      const edits = PATTERNS[dtype].map((pattern, i): [number, number] => [i, pattern]);
      for (const start of [0, 1, 2, 7])
        for (const options of OPERATIONS[operation])
          await expectSame({
            operation,
            count: 555,
            dtype,
            edits,
            inputStart: start,
            outputStart: start,
            inPlace: true,
            seed: '18446744073709551615',
            options: { ...options, name: 'layer/0', step: 3, firstElement: start * 3 },
          });
    });

    it('with its key in a buffer: each time that of the next step', async () => {
      for (const name of [undefined, 'layer_0/attention'])
        await expectSame({
          operation,
          count: 99,
          dtype: 'float32',
          inputStart: 1,
          outputStart: 1,
          inPlace: true,
          seed: '11400714819323198485',
          options: { ...OPERATIONS[operation][0], ...(name !== undefined && { name }) },
          again: { step: 5, times: 4 },
        });
    });

    it('of no elements and of few', async () => {
      for (const count of [0, 1, 2, 5])
        await expectSame({
          operation,
          count,
          dtype: 'float16',
          inputStart: 1,
          outputStart: 2,
          seed: '1',
          options: OPERATIONS[operation][0],
        });
    });
  });

  it('of more elements than one dispatch has', async () => {
    const count = 2 ** 23 + 77;
    for (const operation of ['dropout', 'noise'] as const)
      await expectSame({
        operation,
        count,
        dtype: 'bfloat16',
        inputStart: 0,
        outputStart: 1,
        seed: '5',
        options: { ...OPERATIONS[operation][0], firstElement: 3 },
      });
    expect(count).toBeGreaterThan(2 ** 23);
  });
});
