import { describe, expect, it } from 'vitest';
import { chiSquareTails } from '../../bench/certify/special/tails';
import { type ArgumentError, Sampler } from '../../src/index';
import { choice, type ChoiceOptions } from '../../src/operations';
import { thresholdsOf } from '../../src/operations/choice/thresholds';

const cpu = await Sampler.create({ backend: 'cpu' });

async function choose(
  population: number | ArrayLike<number>,
  count: number,
  options: ChoiceOptions = {},
): Promise<number[]> {
  return [...((await (await choice(cpu, population, count, { seed: 5, ...options })).data()) as Uint32Array)];
}

/** The tail of a chi-square test of counts. */
function tail(counts: readonly number[], probabilities: readonly number[]): number {
  const total = counts.reduce((a, b) => a + b);
  const chiSquare = counts.reduce((sum, count, i) => {
    const expected = total * probabilities[i];
    return sum + (count - expected) ** 2 / expected;
  }, 0);
  const { lower, upper } = chiSquareTails(chiSquare, counts.length - 1);
  return Math.min(lower, upper);
}

const countsOf = (chosen: readonly number[], size: number): number[] => {
  const counts = Array.from({ length: size }, () => 0);
  for (const index of chosen) counts[index]++;
  return counts;
};

describe('choice with replacement', () => {
  it.each([1, 2, 7, 100])('chooses %i indices equally often', async (size) => {
    const counts = countsOf(await choose(size, 100_000), size);
    if (size === 1) expect(counts).toEqual([100_000]);
    else
      expect(
        tail(
          counts,
          counts.map(() => 1 / size),
        ),
      ).toBeGreaterThan(1e-4);
  });

  it('chooses with the probabilities, whatever they add up to', async () => {
    const weights = [3, 0.5, 10, 1e-300, 4, 0];
    const counts = countsOf(await choose(weights, 200_000), 6);
    expect(counts.slice(5)).toEqual([0]);
    expect(counts[3]).toBe(0);
    const four = [0, 1, 2, 4];
    expect(
      tail(
        four.map((i) => counts[i]),
        four.map((i) => weights[i] / 17.5),
      ),
    ).toBeGreaterThan(1e-4);
    const scaled = Float32Array.from(weights, (each) => each * 2 ** -20);
    expect(await choose(scaled, 100)).toEqual(
      await choose(
        weights.map((each) => each * 8),
        100,
      ),
    );
  });

  it('takes a number for as many equal probabilities', async () => {
    for (const size of [1, 3, 1000]) {
      const equal = Array.from({ length: size }, () => 0.1);
      expect(await choose(equal, 5000)).toEqual(await choose(size, 5000));
    }
  });

  it('reaches 2^32 indices', async () => {
    const chosen = await choose(2 ** 32, 10_000);
    expect(Math.max(...chosen)).toBeGreaterThan(0.999 * 2 ** 32);
    expect(Math.min(...chosen)).toBeLessThan(0.001 * 2 ** 32);
  });
});

describe('thresholds', () => {
  it('are the cumulative sums in units of 2^-64, rounded up', () => {
    const thresholds = thresholdsOf(Float64Array.of(1, 0, 2, 1, 0));
    const words = [0, 1, 2, 3, 4].map(
      (i) => (BigInt(thresholds[2 * i + 1]) << 32n) | BigInt(thresholds[2 * i]),
    );
    expect(words).toEqual([2n ** 62n, 2n ** 62n, 3n * 2n ** 62n, 2n ** 64n - 1n, 2n ** 64n - 1n]);
  });
});

describe('choice without replacement', () => {
  it('chooses each index once', async () => {
    const chosen = await choose(1000, 1000, { replacement: false });
    expect([...chosen].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect(await choose(1000, 10, { replacement: false })).toEqual(chosen.slice(0, 10));
    expect(await choose([0, 1, 0, 2], 2, { replacement: false })).toEqual(expect.arrayContaining([1, 3]));
  });

  it('chooses one after the other, by the probabilities of what is left', async () => {
    const p = [0.5, 0.3, 0.2];
    const counts: Record<string, number> = {};
    const runs = 20_000;
    for (let step = 0; step < runs; step++) {
      const order = (await choose(p, 3, { replacement: false, step })).join('');
      counts[order] = (counts[order] ?? 0) + 1;
    }
    const orders = ['012', '021', '102', '120', '201', '210'];
    const laws = orders.map((order) => {
      const [a, b] = [...order].map((index) => p[Number(index)]);
      return a * (b / (1 - a));
    });
    expect(
      tail(
        orders.map((order) => counts[order]),
        laws,
      ),
    ).toBeGreaterThan(1e-4);
  });

  it('orders equal probabilities in every way as often', async () => {
    const counts = Array.from({ length: 4 }, () => 0);
    for (let step = 0; step < 20_000; step++) counts[(await choose(4, 1, { replacement: false, step }))[0]]++;
    expect(tail(counts, [0.25, 0.25, 0.25, 0.25])).toBeGreaterThan(1e-4);
  });

  it('takes probabilities of any size', async () => {
    const chosen = await choose([5e-324, 1e308, 1e-310, 1], 4, { replacement: false });
    expect(chosen).toEqual([1, 3, 2, 0]);
  });
});

describe('choice refuses', () => {
  it.each<[string, unknown, unknown, object, string]>([
    ['no seed', 3, 1, { seed: undefined }, 'seed is missing'],
    ['nothing to choose from', 0, 1, {}, 'population must be an integer in [1, 4294967296], got 0'],
    ['half an index', 1.5, 1, {}, 'population must be an integer'],
    ['another population', 'abc', 1, {}, 'population must be an integer in [1, 2^32] or an array'],
    ['NaN', [1, NaN], 1, {}, 'probabilities[1] must be a finite number >= 0, got NaN'],
    ['less than 0', [-1, 1], 1, {}, 'probabilities[0] must be a finite number >= 0, got -1'],
    ['only 0', [0, 0], 1, {}, 'probabilities must not all be 0, got 2 of 0'],
    ['a count', 3, -1, {}, 'count must be an integer in [0, 2^53), got -1'],
    ['too many', 3, 4, { replacement: false }, 'count must be at most 3 without replacement'],
    ['too many but zeros', [1, 0], 2, { replacement: false }, 'count must be at most 1 without replacement'],
    [
      'too large',
      2 ** 25,
      2,
      { replacement: false },
      'population must be at most 16777216 without replacement',
    ],
    ['no flag', 3, 1, { replacement: 1 }, 'replacement must be true or false, got 1'],
    ['a misspelt key', 3, 1, { replace: true }, 'options has the unknown key "replace"'],
  ])('%s', async (_, population, count, options, message) => {
    const error: ArgumentError = await choice(cpu, population as number, count as number, {
      seed: 1,
      ...options,
    }).then(
      () => expect.fail('it was taken'),
      (error: ArgumentError) => error,
    );
    expect(error.name).toBe('ArgumentError');
    expect(error.message).toContain(message);
  });
});
