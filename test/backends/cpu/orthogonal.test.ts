import { describe, expect, it } from 'vitest';
import { orthonormalize, PlainQr } from '../../../src/backends/cpu/orthogonal/qr';
import { type FillOptions, initializers, Sampler } from '../../../src/index';
import { decode } from '../../../src/arithmetic/round';
import { distance, matrixOf, orthogonalityError } from '../../support/matrices';

const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });

async function fill(
  shape: number[],
  options: FillOptions = {},
  initializer = initializers.orthogonal(),
): Promise<number[]> {
  return Array.from(await (await cpu.fill(initializer, shape, { seed: 11, ...options })).data());
}

/** Standard normals of the stream, as they enter the factorization. */
async function normals(count: number): Promise<number[]> {
  return Array.from(
    await (await cpu.fill(initializers.randomNormal({ stddev: 1 }), [count], { seed: 11 })).data(),
  );
}

const SHAPES = [
  [1, 1],
  [2, 2],
  [1, 5],
  [5, 1],
  [33, 7],
  [7, 33],
  [3, 3, 8, 16],
  [3, 3, 2, 40],
  [64, 64],
  [1000, 17],
  [17, 1000],
];

describe('an orthogonal tensor on the CPU', () => {
  it.each(SHAPES.map((shape) => [shape]))('%j has orthonormal columns, or rows', async (shape) => {
    expect(orthogonalityError(matrixOf(shape, await fill(shape)))).toBeLessThan(2e-7);
  });

  it.each(SHAPES.map((shape) => [shape]))(
    "%j is Q of Keras's rule: R = Q^T A is upper triangular with a positive diagonal",
    async (shape) => {
      const { rows, columns, data } = matrixOf(shape, await fill(shape));
      const [m, n] = [Math.max(rows, columns), Math.min(rows, columns)];
      const a = await normals(m * n);
      const q = (r: number, c: number): number =>
        rows < columns ? data[c * columns + r] : data[r * columns + c];
      for (let i = 0; i < n; i++) {
        for (let j = 0; j <= i; j++) {
          let sum = 0;
          for (let r = 0; r < m; r++) sum += q(r, i) * a[r * n + j];
          if (j < i) expect(Math.abs(sum)).toBeLessThan(1e-6 * Math.sqrt(m));
          else expect(sum).toBeGreaterThan(0);
        }
      }
    },
  );

  it('agrees with a QR worked by hand', async () => {
    // A = [[3, 5], [4, 0]] = [[0.6, 0.8], [0.8, -0.6]] [[5, 3], [0, 4]].
    const a = Float64Array.of(3, 5, 4, 0);
    await orthonormalize(new PlainQr(a, 2, 2), async () => undefined);
    expect(distance(a, [0.6, 0.8, 0.8, -0.6])).toBeLessThan(1e-15);
  });

  it('survives columns that are zero or equal', async () => {
    for (const [m, n, values] of [
      [3, 2, [0, 0, 0, 0, 0, 0]],
      [3, 2, [1, 1, 2, 2, 3, 3]],
      [1, 1, [0]],
    ] as const) {
      const a = Float64Array.from(values);
      await orthonormalize(new PlainQr(a, m, n), async () => undefined);
      expect(orthogonalityError({ rows: m, columns: n, data: a })).toBeLessThan(1e-14);
    }
  });

  it('is the transpose where there are fewer rows than columns', async () => {
    const tall = await fill([9, 4]);
    const wide = await fill([4, 9]);
    expect(wide).toEqual(Array.from(wide, (_, i) => tall[(i % 9) * 4 + Math.floor(i / 9)]));
  });

  it('flattens all axes but the last, or as torch all but the first', async () => {
    expect(await fill([3, 3, 4, 8])).toEqual(await fill([36, 8]));
    const torch = initializers.orthogonal({ layout: 'torch' });
    expect(await fill([8, 4, 3, 3], {}, torch)).toEqual(await fill([8, 36]));
  });

  it('stands at the centre of a convolution kernel as in jax, with zeros around it', async () => {
    const delta = initializers.orthogonal({ layout: 'delta' });
    const whole = await fill([3, 2, 4, 6], {}, delta);
    const matrix = await fill([4, 6]);
    expect(whole).toEqual([...Array<number>(2 * 24).fill(0), ...matrix, ...Array<number>(3 * 24).fill(0)]);
    expect(await fill([3, 2, 4, 6], { range: { start: 40, count: 20 } }, delta)).toEqual(whole.slice(40, 60));
    expect(await fill([3, 0, 4, 6], {}, delta)).toEqual([]);
  });

  it('has the gain as a factor', async () => {
    const plain = await fill([6, 4]);
    expect(await fill([6, 4], {}, initializers.orthogonal({ gain: -2 }))).toEqual(plain.map((x) => -2 * x));
    expect((await fill([6, 4], {}, initializers.orthogonal({ gain: 0 }))).every((x) => x === 0)).toBe(true);
  });

  it.each(['float16', 'bfloat16'] as const)('in %s is the float32 value rounded', async (dtype) => {
    const exact = await fill([20, 12]);
    const half = (await fill([20, 12], { dtype })).map((bits) => decode(dtype, bits));
    const unit = dtype === 'float16' ? 2 ** -11 : 2 ** -8;
    half.forEach((x, i) =>
      expect(Math.abs(x - exact[i])).toBeLessThanOrEqual(unit * Math.abs(exact[i]) + 2 ** -24),
    );
  });

  it('has ranges and chunks that are those of the whole', async () => {
    const whole = await fill([10, 7], { dtype: 'float16' });
    for (const [start, count] of [
      [0, 70],
      [1, 30],
      [69, 1],
      [70, 0],
    ]) {
      expect(await fill([10, 7], { dtype: 'float16', range: { start, count } })).toEqual(
        whole.slice(start, start + count),
      );
    }
    const parts: number[] = [];
    for await (const chunk of cpu.chunks('orthogonal', [10, 7], {
      seed: 11,
      dtype: 'float16',
      chunkBytes: 16,
    })) {
      parts.push(...new Uint16Array(chunk.slice().buffer));
    }
    expect(parts).toEqual(whole);
  });

  it('may be empty', async () => {
    expect(await fill([0, 3])).toEqual([]);
    expect(await fill([3, 0])).toEqual([]);
  });

  it('reports progress, and stops when it is told to', async () => {
    const shares: number[] = [];
    await fill([300, 300], { onProgress: (share) => shares.push(share) });
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.every((share) => share > 0 && share <= 1)).toBe(true);
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error('enough')), 50);
    await expect(fill([2000, 2000], { signal: abort.signal })).rejects.toThrow('enough');
  });

  it('refuses what cannot be, in one line', async () => {
    await expect(fill([4])).rejects.toThrow('Orthogonal needs a shape of rank 2 or more, got [4] of rank 1');
    await expect(fill([])).rejects.toThrow('Orthogonal needs a shape of rank 2 or more, got [] of rank 0');
    await expect(fill([4, 4], { dtype: 'float16' }, initializers.orthogonal({ gain: 1e6 }))).rejects.toThrow(
      'gain must fit float16, got 1000000',
    );
    await expect(fill([2 ** 26, 2 ** 26], { range: { start: 0, count: 1 } })).rejects.toThrow(
      /needs at least \d+ bytes/,
    );
    expect(() => initializers.orthogonal({ gain: NaN })).toThrow('gain must be a finite number, got NaN');
    expect(() => initializers.orthogonal({ layout: 'tf' as 'torch' })).toThrow(
      'layout must be one of keras, torch, delta, got "tf"',
    );
  });
});
