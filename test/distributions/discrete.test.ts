import { beforeAll, describe, expect, it } from 'vitest';
import type { Draw } from '../../src/distributions/draw';
import { poisson } from '../../src/distributions/poisson';
import { type Dtype, Key, Sampler } from '../../src/index';
import {
  bernoulli,
  permutation,
  permutationIndex,
  poisson as poissonInitializer,
  rademacher,
  randint,
} from '../../src/initializers/distributions';
import { type DiscreteLaw, lawOf } from '../../src/statistics/laws';

let cpu: Sampler;
beforeAll(async () => {
  cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
});

type Options = Parameters<Sampler['fill']>[2];
type Filling = Parameters<Sampler['fill']>[0];

async function dataOf(initializer: Filling, count: number, options: Options = {}): Promise<number[]> {
  const tensor = await cpu.fill(initializer, [count], { seed: 42, ...options });
  return Array.from(await tensor.data());
}

/** How many standard deviations chi-square is above its mean, with values of less than 10 expected joined. */
function deviation(values: readonly number[], law: DiscreteLaw): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let [square, cells, restSeen, restExpected] = [0, 0, values.length, values.length];
  for (const { value, probability } of law.values) {
    const expected = probability * values.length;
    if (expected < 10) continue;
    const seen = counts.get(value) ?? 0;
    square += (seen - expected) ** 2 / expected;
    cells++;
    restSeen -= seen;
    restExpected -= expected;
  }
  if (restExpected >= 1) {
    square += (restSeen - restExpected) ** 2 / restExpected;
    cells++;
  } else {
    expect(restSeen).toBeLessThan(20);
  }
  return (square - (cells - 1)) / Math.sqrt(2 * (cells - 1));
}

describe('the counts of a million elements are those of the law', () => {
  it.each<[Draw, Filling, Dtype]>([
    [{ kind: 'rademacher' }, rademacher(), 'int8'],
    [{ kind: 'randint', low: 1, high: 7 }, randint({ low: 1, high: 7 }), 'int32'],
    [{ kind: 'randint', low: -128, high: 128 }, randint({ low: -128, high: 128 }), 'int8'],
    [{ kind: 'randint', low: 0, high: 1000 }, randint({ high: 1000 }), 'uint32'],
    [{ kind: 'poisson', rate: 0.1 }, poissonInitializer({ rate: 0.1 }), 'int32'],
    [{ kind: 'poisson', rate: 3 }, poissonInitializer({ rate: 3 }), 'float32'],
    [{ kind: 'poisson', rate: 1000.5 }, poissonInitializer({ rate: 1000.5 }), 'uint32'],
  ])('%j', async (draw, initializer, dtype) => {
    const values = await dataOf(initializer, 1_000_000, { dtype });
    expect(deviation(values, lawOf(draw) as DiscreteLaw)).toBeLessThan(4.5);
  });
});

describe('bernoulli and rademacher', () => {
  it('packed has the outcomes of the elements as bits', async () => {
    const words = await dataOf(bernoulli({ probability: 0.3, packed: true }), 100);
    const outcomes = await dataOf(bernoulli({ probability: 0.3 }), 3200, { dtype: 'uint8' });
    expect(words.flatMap((word) => Array.from({ length: 32 }, (_, bit) => (word >>> bit) & 1))).toEqual(
      outcomes,
    );
    expect(await dataOf(bernoulli({ probability: 1, packed: true }), 2)).toEqual([0xffffffff, 0xffffffff]);
    expect(await dataOf(bernoulli({ probability: 0, packed: true }), 2)).toEqual([0, 0]);
  });

  it('packed words far away are those of far outcomes', async () => {
    const far = 2 ** 45 + 3;
    const shape = [Number.MAX_SAFE_INTEGER];
    const [word] = await (
      await cpu.fill(bernoulli({ packed: true }), shape, { seed: 1, range: { start: far, count: 1 } })
    ).data();
    const bits = await (
      await cpu.fill(bernoulli(), shape, { seed: 1, dtype: 'uint8', range: { start: 32 * far, count: 32 } })
    ).data();
    expect(Array.from({ length: 32 }, (_, bit) => (word >>> bit) & 1)).toEqual([...bits]);
  });

  it('rademacher is 2 bernoulli(0.5) - 1 in every dtype', async () => {
    const outcomes = await dataOf(bernoulli(), 1000);
    for (const dtype of ['float32', 'int8', 'int32'] as const)
      expect(await dataOf(rademacher(), 1000, { dtype })).toEqual(outcomes.map((x) => 2 * x - 1));
  });
});

describe('randint', () => {
  it.each([3, 7, 1000, 65_535, 2 ** 24 + 3, 2 ** 31 + 1, 3_000_000_000])(
    'gives every integer below %d the same number of words',
    (span) => {
      const threshold = BigInt(2 ** 32 % span);
      const wide = BigInt(span);
      const accepted = (value: bigint): bigint => {
        // The words w with floor(w span / 2^32) = value have products from value 2^32 on, span apart.
        const first = (value * 2n ** 32n + wide - 1n) / wide;
        const end = ((value + 1n) * 2n ** 32n + wide - 1n) / wide;
        const rejected = (first * wide) % 2n ** 32n < threshold ? 1n : 0n;
        return end - first - rejected;
      };
      for (const value of [0, 1, 2, Math.floor(span / 3), Math.floor(span / 2), span - 2, span - 1])
        expect(accepted(BigInt(value))).toBe(2n ** 32n / wide);
    },
  );

  it('is the words themselves for a span of 2^32', async () => {
    const words = await dataOf('bits', 100);
    expect(await dataOf(randint({ low: 0, high: 2 ** 32 }), 100, { dtype: 'uint32' })).toEqual(words);
    const signed = await dataOf(randint({ low: -(2 ** 31), high: 2 ** 31 }), 100);
    expect(signed).toEqual(words.map((word) => word - 2 ** 31));
  });

  it('reaches both ends, and is constant where there is one integer', async () => {
    const values = await dataOf(randint({ low: -2, high: 2 }), 200, { dtype: 'int8' });
    expect(new Set(values)).toEqual(new Set([-2, -1, 0, 1]));
    expect(await dataOf(randint({ low: 255, high: 256 }), 3, { dtype: 'uint8' })).toEqual([255, 255, 255]);
  });

  it.each<[number, number, Dtype, string]>([
    [3, 3, 'int32', 'high must be above low = 3, got 3'],
    [-1, 3, 'uint32', 'low of uint32 must be an integer in [0, 4294967295], got -1'],
    [0, 257, 'uint8', 'high of uint8 must be an integer in [1, 256], got 257'],
    [0, 2 ** 32, 'int32', 'high of int32 must be an integer in [-2147483647, 2147483648], got 4294967296'],
  ])('refuses [%d, %d) in %s', async (low, high, dtype, message) => {
    await expect(dataOf(randint({ low, high }), 3, { dtype })).rejects.toThrow(message);
  });

  it('refuses what is no integer', () => {
    for (const low of [0.5, NaN, Infinity, 2 ** 40])
      expect(() => randint({ low })).toThrow(/low must be an integer/);
  });
});

describe('poisson', () => {
  /** ln k! by a sum, which is good to 10^-12 for the k here. */
  const logFactorial = (k: number): number => {
    let sum = 0;
    for (let i = 2; i <= k; i++) sum += Math.log(i);
    return sum;
  };

  it.each([1e-9, 0.3, 1, 5.5, 40, 700])(
    'has thresholds within 2^-32 of its distribution: rate %d',
    (rate) => {
      const params = poisson.parameters({ kind: 'poisson', rate }, 'int32', 'exact', NaN);
      if (params.kernel !== 'poisson') throw new Error('no table');
      const { first, table } = params;
      let below = 0;
      for (let k = 0; k < first + table.length; k++) {
        below += Math.exp(k * Math.log(rate) - rate - logFactorial(k));
        const last = k < first ? -1 : table[k - first];
        expect(Math.abs(last + 1 - below * 2 ** 32)).toBeLessThan(1);
      }
      expect((table.length + 1) & table.length).toBe(0);
    },
  );

  it.each([0, 1e-300])('is 0 for the rate %d', async (rate) => {
    expect(await dataOf(poissonInitializer({ rate }), 3)).toEqual([0, 0, 0]);
  });

  it.each([-1, NaN, Infinity, 2 ** 20 + 1, '3'])('refuses the rate %s', (rate) => {
    expect(() => poissonInitializer({ rate: rate as number })).toThrow(
      /rate must be a number in \[0, 2\^20\], got /,
    );
  });

  it('has the largest rate that it allows', async () => {
    const values = await dataOf(poissonInitializer({ rate: 2 ** 20 }), 10_000, { dtype: 'float32' });
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    expect(Math.abs(mean - 2 ** 20)).toBeLessThan((4 * 2 ** 10) / 100);
  });

  it('is refused as a part of a tensor', async () => {
    const parts = [
      { initializer: poissonInitializer(), shape: [4] },
      { initializer: 'zeros', shape: [4] },
    ];
    await expect(dataOf(parts, 8)).rejects.toThrow(
      'a part of a tensor cannot be filled by Poisson, which needs a tensor of its own',
    );
  });
});

describe('permutation', () => {
  it('has each integer once, whole and in parts', async () => {
    const size = 1001;
    const whole = await dataOf(permutation(), size);
    expect([...whole].sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i));
    const tensor = await cpu.fill(permutation(), [size], { seed: 42, range: { start: 333, count: 500 } });
    expect([...(await tensor.data())]).toEqual(whole.slice(333, 833));
    expect(await dataOf(permutation({ size }), 10)).toEqual(whole.slice(0, 10));
    expect(await dataOf(permutation({ size }), 10, { dtype: 'int32' })).toEqual(whole.slice(0, 10));
  });

  it.each([0, 1, 2, 3])('of %i elements', async (size) => {
    const values = await dataOf(permutation(), size);
    expect(values.sort()).toEqual([0, 1, 2].slice(0, size));
  });

  it('depends on the key as a whole', async () => {
    const firsts = new Set<string>();
    for (const seed of [1, 2n ** 32n, 2n ** 63n, Key.from(1).fold('a')]) {
      const tensor = await cpu.fill(permutation(), [50], { seed });
      firsts.add([...(await tensor.data())].join());
    }
    expect(firsts.size).toBe(4);
  });

  it.each<[number, number, Dtype, string]>([
    [10, 11, 'uint32', 'size must be at least 11, the number of elements, got 10'],
    [
      2 ** 31 + 1,
      1,
      'int32',
      'size of int32 must be at most 2147483648, or wide must be true with the dtype uint32, got 2147483649',
    ],
  ])('refuses size %d for %d elements in %s', async (size, count, dtype, message) => {
    await expect(dataOf(permutation({ size }), count, { dtype })).rejects.toThrow(message);
  });

  it.each([-1, 0.5, NaN, 2 ** 32 + 1, '3'])('refuses the size %s', (size) => {
    expect(() => permutation({ size: size as number })).toThrow(
      /^size must be (an integer in \[0, |at most )/,
    );
  });
});

describe('a wide permutation', () => {
  const indicesOf = (words: readonly number[]): number[] =>
    Array.from({ length: words.length / 2 }, (_, i) => words[2 * i] + 2 ** 32 * words[2 * i + 1]);

  it('has two words for each integer of the permutation that is not wide', async () => {
    const narrow = await dataOf(permutation(), 1001);
    const wide = await dataOf(permutation({ wide: true }), 2002);
    expect(indicesOf(wide)).toEqual(narrow);
    expect(await dataOf(permutation({ wide: true, size: 1001 }), 20)).toEqual(wide.slice(0, 20));
  });

  it.each([2 ** 32 + 1, 10 ** 12 + 39, 2 ** 53])('of %d integers reaches all of them', async (size) => {
    const wide = permutation({ wide: true, size });
    const indices = indicesOf(await dataOf(wide, 20_000));
    expect(new Set(indices).size).toBe(10_000);
    expect(indices.every((index) => index < size)).toBe(true);
    expect(Math.max(...indices)).toBeGreaterThan(0.99 * size);
    expect(Math.min(...indices)).toBeLessThan(0.01 * size);
  });

  it('is the same in ranges that begin and end with half an integer, also far away', async () => {
    const size = 2 ** 45 + 3;
    const partOf = async (start: number, count: number): Promise<number[]> =>
      Array.from(
        await (
          await cpu.fill(permutation({ wide: true, size }), [2 * size], { seed: 42, range: { start, count } })
        ).data(),
      );
    for (const first of [0, 2 ** 33, 2 * size - 40]) {
      const whole = await partOf(first, 40);
      for (const [skip, count] of [
        [1, 39],
        [3, 1],
        [2, 5],
        [5, 30],
      ])
        expect(await partOf(first + skip, count)).toEqual(whole.slice(skip, skip + count));
    }
  });

  it.each([0, 1, 2])('of %i integers', async (size) => {
    const indices = indicesOf(await dataOf(permutation({ wide: true }), 2 * size));
    expect(indices.sort()).toEqual([0, 1].slice(0, size));
  });

  it('follows the law of its words', async () => {
    for (const size of [1000, 2 ** 32 + 2 ** 31, 2 ** 40]) {
      const law = lawOf({ kind: 'permutation_wide', size }) as DiscreteLaw;
      expect(law.values.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
      const words = await dataOf(permutation({ wide: true, size }), Math.min(2 * size, 200_000));
      const mean = words.reduce((sum, word) => sum + word, 0) / words.length;
      expect(Math.abs(mean - law.mean)).toBeLessThanOrEqual((4 * law.stddev) / Math.sqrt(words.length));
    }
  });

  it.each<[() => Promise<unknown>, string]>([
    [
      () => dataOf(permutation({ wide: true }), 7),
      'the number of elements must be even with wide: true, two words an integer, got 7',
    ],
    [
      () => dataOf(permutation({ wide: true, size: 9 }), 20),
      'size must be at least 10, half the number of elements, got 9',
    ],
    [() => dataOf(permutation({ wide: true }), 2, { dtype: 'int32' }), 'int32'],
    [
      async () => permutation({ size: 2 ** 32 + 1 }),
      'size must be at most 4294967296, or wide must be true, got 4294967297',
    ],
    [
      async () => permutation({ wide: true, size: 2 ** 53 + 2 }),
      '[0, 9007199254740992], got 9007199254740994',
    ],
    [async () => permutation({ wide: 1 as unknown as boolean }), 'wide must be true or false, got 1'],
  ])('refuses what cannot be right %#', async (call, message) => {
    await expect(call()).rejects.toThrow(message);
  });
});

describe('permutationIndex', () => {
  it('is one integer of what is filled with the same key', async () => {
    const order = await dataOf(permutation(), 1001, { name: 'train' });
    const key = Key.from(42).fold('train');
    expect(order.map((_, i) => permutationIndex(key, order.length, i))).toEqual(order);
    const size = 2 ** 53 - 1;
    const range = { start: 2 ** 52, count: 2 };
    const shape = [2 ** 53 - 2];
    const wide = await cpu.fill(permutation({ wide: true, size }), shape, { seed: 42, range });
    const [lo, hi] = await wide.data();
    expect(permutationIndex(42, size, 2 ** 51)).toBe(lo + 2 ** 32 * hi);
  });

  it('goes to the ends', () => {
    expect(permutationIndex(1, 1, 0)).toBe(0);
    const last = permutationIndex(1, 2 ** 53, 2 ** 53 - 1);
    expect(last).toBeLessThan(2 ** 53);
    expect(last).not.toBe(permutationIndex(1, 2 ** 53, 2 ** 53 - 2));
  });

  it.each([
    [0, 0, 'size must be an integer in [1, 9007199254740992], got 0'],
    [2 ** 53 + 2, 0, 'size must be an integer in [1, 9007199254740992], got 9007199254740994'],
    [10, 10, 'index must be an integer in [0, 9], got 10'],
    [10, -1, 'index must be an integer in [0, 9], got -1'],
    [10, 1.5, 'index must be an integer in [0, 9], got 1.5'],
  ])('refuses size %d and index %d', (size, index, message) => {
    expect(() => permutationIndex(1, size, index)).toThrow(message);
  });
});
