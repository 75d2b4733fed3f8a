import { describe, expect, it } from 'vitest';
import { gridOf, permute } from '../../src/arithmetic/permutation';
import { philox4x32 } from '../../src/streams/philox';

const words = new Uint32Array(4);

/** The words of a seed, which are independent from seed to seed. */
function wordsOf(seed: number): Uint32Array {
  philox4x32(0, 0, 0, 0xfffffffd, seed, 0, words);
  return words;
}

/** The permutation of [0, size) of a seed. */
function permutationOf(size: number, seed: number): number[] {
  const grid = gridOf(size);
  const keyed = wordsOf(seed);
  return Array.from({ length: size }, (_, i) => permute(grid, keyed, i));
}

/** How many standard deviations chi-square is above its mean. The expected counts are equal. */
function deviation(counts: ArrayLike<number>): number {
  const all = Array.from(counts);
  const expected = all.reduce((sum, count) => sum + count, 0) / all.length;
  const square = all.reduce((sum, count) => sum + (count - expected) ** 2, 0) / expected;
  return (square - (all.length - 1)) / Math.sqrt(2 * (all.length - 1));
}

/** Chi-square is above this by chance once in more than 10^4 runs, and these runs are always the same. */
const HIGHEST = 4.5;

describe('a permutation', () => {
  it.each([
    ['every size to 130', Array.from({ length: 130 }, (_, i) => i + 1)],
    ['sizes beside powers of two', [255, 256, 257, 1023, 1024, 1025, 4097, 65_535, 65_536, 65_537]],
    ['odd sizes', [1001, 10_007, 99_999]],
  ])('has every element once: %s', (_, sizes) => {
    for (const size of sizes) {
      for (const seed of [0, 1, 2, 77]) {
        const sorted = Float64Array.from(permutationOf(size, seed)).sort();
        expect(
          sorted.every((value, i) => value === i),
          `size ${size}, seed ${seed}`,
        ).toBe(true);
      }
    }
  });

  it.each([2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 10 ** 12 + 39, 2 ** 53 - 1, 2 ** 53])(
    'of %d elements has distinct integers below it, from the first elements to the last',
    (size) => {
      const grid = gridOf(size);
      const count = 20_000;
      const values = Array.from({ length: count }, (_, i) =>
        permute(grid, wordsOf(5), i % 2 === 0 ? i : size - i),
      );
      expect(values.every((value) => Number.isSafeInteger(value) && value >= 0 && value < size)).toBe(true);
      expect(new Set(values).size).toBe(count);
      // They reach all of the range.
      expect(
        deviation(
          countsOf(
            values.map((value) => Math.floor((value / size) * 64)),
            64,
          ),
        ),
      ).toBeLessThan(HIGHEST);
    },
  );

  it('moves in a grid that is no more than a third larger', () => {
    let most = 0;
    for (let size = 2; size <= 100_000; size++) most = Math.max(most, placesOf(size) / size);
    for (const size of [2 ** 31 + 1, 2 ** 45 + 3, 2 ** 53 - 1]) {
      expect(placesOf(size)).toBeGreaterThanOrEqual(size);
      most = Math.max(most, placesOf(size) / size);
    }
    expect(most).toBe(4 / 3);
  });

  it.each([
    [2, 200_000],
    [3, 200_000],
    [4, 200_000],
    [5, 200_000],
    [6, 200_000],
  ])('of %i elements is every one alike, over %i seeds', (size, seeds) => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < seeds; seed++) {
      const order = permutationOf(size, seed).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    const orders = Array.from({ length: size }, (_, i) => i + 1).reduce((product, n) => product * n, 1);
    expect(counts.size).toBe(orders);
    expect(deviation([...counts.values()])).toBeLessThan(HIGHEST);
  });

  it.each([9, 16, 17, 31])('of %i elements puts each pair everywhere', (size) => {
    const grid = gridOf(size);
    const pairs = size * (size - 1);
    for (const [one, other] of [
      [0, 1],
      [0, size - 1],
      [1, size >> 1],
    ]) {
      const counts = new Float64Array(pairs);
      for (let seed = 0; seed < 400 * pairs; seed++) {
        const a = permute(grid, wordsOf(seed), one);
        const b = permute(grid, words, other);
        counts[a * (size - 1) + (b > a ? b - 1 : b)]++;
      }
      expect(deviation(counts), `${one} and ${other}`).toBeLessThan(HIGHEST);
    }
  });

  it('leaves one element in its place on average, as Poisson has it', () => {
    const runs = 20_000;
    const size = 100;
    const counts = new Float64Array(5);
    for (let seed = 0; seed < runs; seed++) {
      const fixed = permutationOf(size, seed).filter((value, i) => value === i).length;
      counts[Math.min(fixed, 4)]++;
    }
    const shares = [1, 1, 1 / 2, 1 / 6].map((share) => share / Math.E);
    shares.push(1 - shares.reduce((sum, share) => sum + share, 0));
    const square = shares.reduce(
      (sum, share, k) => sum + (counts[k] - runs * share) ** 2 / (runs * share),
      0,
    );
    expect(square).toBeLessThan(23.5); // 10^-4 of chi-square with 4 degrees of freedom
  });

  it.each([2 ** 20, 1_000_003, 2 ** 53])('of %i elements sends neighbours far apart', (size) => {
    const grid = gridOf(size);
    const keyed = wordsOf(9);
    const counts = new Float64Array(1024);
    const gaps = new Float64Array(1024);
    let before = permute(grid, keyed, 0);
    for (let i = 1; i < 300_000; i++) {
      const value = permute(grid, keyed, i);
      const gap = (value - before + size) % size;
      gaps[Math.floor((gap / size) * 1024)]++;
      const [a, b] = [before, value].map((one) => Math.floor((one / size) * 32));
      counts[32 * a + b]++;
      before = value;
    }
    expect(deviation(gaps)).toBeLessThan(HIGHEST);
    expect(deviation(counts)).toBeLessThan(HIGHEST);
  });

  it.each([2 ** 16, 2 ** 34, 2 ** 53])(
    'of %i elements turns half of the bits for any bit of the index or the seed',
    (size) => {
      const grid = gridOf(size);
      const bits = Math.log2(size);
      const runs = 2000;
      const bitOf = (value: number, bit: number): number => Math.floor(value / 2 ** bit) % 2;
      let worst = 0;
      for (let flipped = 0; flipped < bits + 32; flipped++) {
        const counts = new Float64Array(bits);
        for (let run = 0; run < runs; run++) {
          const index = (run * 1_299_709 * 2 ** 20) % size;
          const value = permute(grid, wordsOf(run), index);
          const other =
            flipped < bits
              ? permute(grid, words, index + (1 - 2 * bitOf(index, flipped)) * 2 ** flipped)
              : permute(grid, wordsOf((run ^ (1 << (flipped - bits))) >>> 0), index);
          for (let bit = 0; bit < bits; bit++) counts[bit] += bitOf(value, bit) ^ bitOf(other, bit);
        }
        for (const count of counts) worst = Math.max(worst, Math.abs(count - runs / 2) / Math.sqrt(runs / 4));
      }
      expect(worst).toBeLessThan(5); // of up to 4500 counts
    },
  );
});

function placesOf(size: number): number {
  const { columnBits, rowLast } = gridOf(size);
  return 2 ** columnBits * (rowLast + 1);
}

function countsOf(values: readonly number[], length: number): Float64Array {
  const counts = new Float64Array(length);
  for (const value of values) counts[value]++;
  return counts;
}
