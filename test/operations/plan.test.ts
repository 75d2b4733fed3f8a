import { describe, expect, it } from 'vitest';
import { planCategorical } from '../../src/operations/categorical/plan';

const TINY = {
  maxStorageBufferBindingSize: 2048,
  maxComputeWorkgroupsPerDimension: 7,
  minStorageBufferOffsetAlignment: 256,
};

describe('planCategorical', () => {
  it.each([
    [100, 5, 'float32', 0],
    [100, 5, 'float16', 6],
    [9, 440, 'float32', 12],
    [9, 441, 'float16', 2],
    [0, 3, 'float32', 0],
  ] as const)('takes each of %i rows of %i logits in %s once', (rows, vocabulary, dtype, from) => {
    const size = dtype === 'float16' ? 2 : 4;
    const bytes = Math.ceil((from + rows * vocabulary * size) / 4) * 4;
    const { batches } = planCategorical(rows, vocabulary, dtype, from, bytes, TINY, 1024);
    let next = 0;
    for (const batch of batches) {
      expect(batch.first).toBe(next);
      expect(batch.rows).toBeGreaterThan(0);
      expect(batch.rows).toBeLessThanOrEqual(7);
      expect(batch.offset % 256).toBe(0);
      expect(batch.size % 4).toBe(0);
      expect(batch.size).toBeLessThanOrEqual(2048);
      expect(batch.offset + batch.size).toBeLessThanOrEqual(bytes);
      expect(batch.offset + batch.base * size).toBe(from + next * vocabulary * size);
      expect((batch.base + batch.rows * vocabulary) * size).toBeLessThanOrEqual(batch.size);
      next += batch.rows;
    }
    expect(next).toBe(rows);
  });

  it.each([
    [3, 40, 1],
    [3, 40, 5],
    [2, 440, 30],
    [50, 3, 4],
  ])('takes each of %i rows of %i logits for its %i choices', (rows, vocabulary, samples) => {
    const bytes = 4 * rows * vocabulary;
    const { batches } = planCategorical(rows, vocabulary, 'float32', 0, bytes, TINY, 1024, samples);
    let next = 0;
    for (const { first, rows: count, offset, size, base, phase } of batches) {
      expect(first).toBe(next);
      expect(count).toBeLessThanOrEqual(batches[0].rows);
      for (const choice of [first, first + count - 1]) {
        const row = Math.floor((phase + choice - first) / samples);
        expect(offset + 4 * (base + row * vocabulary)).toBe(4 * Math.floor(choice / samples) * vocabulary);
        expect(4 * (base + (row + 1) * vocabulary)).toBeLessThanOrEqual(size);
      }
      expect(size).toBeLessThanOrEqual(2048);
      expect(offset + size).toBeLessThanOrEqual(bytes);
      next += count;
    }
    expect(next).toBe(rows * samples);
  });

  it('has an invocation for each block, wherever rows begin in their blocks', () => {
    for (const [rows, busy] of [
      [1, 1024],
      [64, 1024],
      [64, 16],
      [100_000, 1024],
    ])
      for (let vocabulary = 1; vocabulary < 3000; vocabulary += vocabulary < 40 ? 1 : 97) {
        const { parts, blocks, threads } = planCategorical(
          rows,
          vocabulary,
          'float32',
          0,
          2 ** 40,
          {
            ...TINY,
            maxStorageBufferBindingSize: 2 ** 27,
          },
          busy,
        );
        for (let lane = 0; lane < 4; lane++)
          expect(4 * parts * blocks * threads).toBeGreaterThanOrEqual(lane + vocabulary);
      }
  });

  it('refuses a row that no binding can hold', () => {
    expect(() => planCategorical(1, 1000, 'float32', 0, 4000, TINY, 1024)).toThrow(
      'maxStorageBufferBindingSize',
    );
  });
});
