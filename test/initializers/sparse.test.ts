import { describe, expect, it } from 'vitest';
import { get, randomNormal, sparse } from './every';
import { Sampler } from '../../src/index';

const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });

async function matrix(rows: number, columns: number, sparsity: number, seed: number): Promise<Float32Array> {
  return (await cpu.fill(sparse({ sparsity, stddev: 2 }), [rows, columns], { seed })).float32();
}

describe('sparse', () => {
  it.each([
    [10, 7, 0.1],
    [10, 7, 0.11],
    [33, 100, 0.5],
    [1, 9, 0.3],
    [257, 5, 0.999],
    [64, 3, 1],
    [64, 3, 0],
  ])(
    '%i x %i: each column has ceil(%d rows) zeros, and all else are the normals of the seed',
    async (rows, columns, sparsity) => {
      const values = await matrix(rows, columns, sparsity, 1);
      const zeros = new Array<number>(columns).fill(0);
      values.forEach((value, i) => (zeros[i % columns] += Number(Object.is(value, 0))));
      expect(new Set(zeros)).toEqual(new Set([Math.ceil(sparsity * rows)]));
      const normals = await (
        await cpu.fill(randomNormal({ stddev: 2 }), [rows, columns], { seed: 1 })
      ).float32();
      expect(values.every((value, i) => Object.is(value, 0) || value === normals[i])).toBe(true);
    },
  );

  it('a range is that of the whole', async () => {
    const initializer = sparse({ sparsity: 0.4 });
    const whole = await (await cpu.fill(initializer, [40, 21], { seed: 3 })).float32();
    for (const [start, count] of [
      [0, 3],
      [5, 400],
      [839, 1],
      [3, 837],
    ]) {
      const part = await cpu.fill(initializer, [40, 21], { seed: 3, range: { start, count } });
      expect(await part.float32()).toEqual(whole.slice(start, start + count));
    }
  });

  it('every row is as likely, and so is every pair of rows', async () => {
    const [rows, columns, zeros] = [6, 40_000, 3];
    const values = await matrix(rows, columns, zeros / rows, 5);
    const isZero = (row: number, column: number): number =>
      Number(Object.is(values[row * columns + column], 0));
    for (let a = 0; a < rows; a++) {
      for (let b = a; b < rows; b++) {
        let count = 0;
        for (let column = 0; column < columns; column++) count += isZero(a, column) * isZero(b, column);
        const p = a === b ? 0.5 : 0.2; // 3/6, and 3/6 times 2/5
        expect(
          Math.abs(count - p * columns) / Math.sqrt(p * (1 - p) * columns),
          `rows ${a} and ${b}`,
        ).toBeLessThan(4.5);
      }
    }
  });

  it('the zeros of neighbouring columns, and of other seeds, are independent', async () => {
    const [rows, columns] = [2, 40_000];
    const [a, b] = await Promise.all([1, 2].map((seed) => matrix(rows, columns, 0.5, seed)));
    const first = (values: Float32Array, column: number): number => (Object.is(values[column], 0) ? 1 : -1);
    let neighbours = 0;
    let seeds = 0;
    for (let column = 1; column < columns; column++) {
      neighbours += first(a, column) * first(a, column - 1);
      seeds += first(a, column) * first(b, column);
    }
    expect(Math.abs(neighbours) / Math.sqrt(columns)).toBeLessThan(4.5);
    expect(Math.abs(seeds) / Math.sqrt(columns)).toBeLessThan(4.5);
  });

  it('a stddev of 0 and empty matrices are zeros', async () => {
    expect(await (await cpu.fill(sparse({ stddev: 0 }), [2, 2], { seed: 1 })).data()).toEqual(
      new Float32Array(4),
    );
    expect((await cpu.fill('sparse', [0, 5], { seed: 1 })).byteLength).toBe(0);
  });

  it('refuses what cannot be', async () => {
    expect(() => sparse({ sparsity: 1.5 })).toThrow('sparsity must be a number in [0, 1], got 1.5');
    expect(() => sparse({ sparsity: NaN })).toThrow('sparsity must be a number in [0, 1], got NaN');
    expect(() => sparse({ stddev: -1 })).toThrow('stddev must be a finite number >= 0, got -1');
    expect(() => sparse().resolve([3])).toThrow('Sparse needs a shape of rank 2, got [3] of rank 1');
    expect(() => get('sparse_')).toThrow("torch's std is stddev here");
    await expect(
      cpu.fill('sparse', [2, 2 ** 31], { seed: 1, range: { start: 0, count: 1 } }),
    ).rejects.toThrow('a sparse matrix must have less than 2^31 rows and columns, got 2 x 2147483648');
    await expect(cpu.fill([{ initializer: 'sparse', shape: [2, 2] }], [4], { seed: 1 })).rejects.toThrow(
      'cannot be filled by Sparse',
    );
  });
});
