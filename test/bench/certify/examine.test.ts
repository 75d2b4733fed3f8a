import { describe, expect, it } from 'vitest';
import { examineStream } from '../../../bench/certify/examine';
import { roundedLaw } from '../../../bench/certify/rounded_law';
import type { ContinuousLaw } from '../../../src/statistics/laws';
import { TestRandom } from '../../support/random';

/** A law of a kind that no draw has: closed at one end, infinite at the other, and skew. */
function exponentialLaw(mean: number): ContinuousLaw {
  return {
    kind: 'density',
    mean,
    stddev: mean,
    low: 0,
    high: 35 * mean,
    lowEnd: 'closed',
    highEnd: 'infinite',
    density: (x) => Math.exp(-x / mean) / mean,
    below: (x) => -Math.expm1(-x / mean),
    above: (x) => Math.exp(-x / mean),
  };
}

async function failed(law: ContinuousLaw): Promise<string[]> {
  const random = new TestRandom();
  const values = Float64Array.from({ length: 250_000 }, () => -Math.log((random.word() + 0.5) / 2 ** 32));
  const { results } = await examineStream(roundedLaw(law, 'real'), [500, 500], [values], () => {});
  expect(results).toHaveLength(24);
  return results.filter(({ passed }) => !passed).map(({ name }) => name);
}

describe('the checks of a stream', () => {
  it('pass values of any continuous law', async () => {
    expect(await failed(exponentialLaw(1))).toEqual([]);
  });

  it('fail those of another one', async () => {
    expect(await failed(exponentialLaw(1.02))).toEqual(
      expect.arrayContaining(['mean', 'Kolmogorov-Smirnov', 'Anderson-Darling']),
    );
  });
});
