import { describe, expect, it } from 'vitest';
import { fastStream } from '../../../src/backends/cpu/wasm/engine';
import type { Draw } from '../../../src/distributions/draw';
import type { Dtype } from '../../../src/core/dtype';
import { anyDraw, compareWithReference, DRAWS, FLOATS, STARTS } from '../../support/draws';
import { compiledKernels } from '../../support/kernels';
import { TestRandom } from '../../support/random';

const { engine } = await compiledKernels();

function compare(draw: Draw, dtype: Dtype, seed: bigint, start: number, count: number): boolean {
  const fill: Parameters<typeof compareWithReference>[0] = (elements, from, out) => {
    const stream = fastStream(elements);
    if (stream !== undefined) engine.fill(stream, from, out);
    return stream !== undefined;
  };
  return compareWithReference(fill, draw, dtype, seed, start, count);
}

describe('the WebAssembly kernels and the reference give the same bytes', () => {
  it('for random draws, dtypes, seeds and ranges', () => {
    const random = new TestRandom();
    let compared = 0;
    for (let trial = 0; trial < 3000; trial++) {
      const seed = (BigInt(random.word()) << 32n) | BigInt(random.word());
      const start = STARTS[random.below(STARTS.length)] + random.below(100);
      if (compare(anyDraw(random), FLOATS[random.below(3)], seed, start, random.below(700))) compared++;
    }
    expect(compared).toBeGreaterThan(1500);
  });

  it.each(STARTS)('for bits from element %d on', (start) => {
    for (const count of [0, 1, 3, 33, 9000])
      expect(compare({ kind: 'bits' }, 'uint32', 2n ** 64n - 1n, start, count)).toBe(true);
  });

  it.each(DRAWS)('for long stretches of %o', (draw) => {
    const computed = FLOATS.filter((dtype) => compare(draw, dtype, 42n, 2 ** 34 - 9001, 20_000));
    expect(computed).toContain('float32');
  });
});
