import { describe, expect, it } from 'vitest';
import { BROKEN } from '../../../bench/certify/broken';
import { BROKEN_SAMPLED } from '../../../bench/certify/broken_sampled';
import { BROKEN_DISCRETE, DISCRETE } from '../../../bench/certify/discrete';
import { GENUINE } from '../../../bench/certify/genuine';
import { binomialTails } from '../../../bench/certify/special/tails';
import { twoSided } from '../../../bench/certify/special/two_tails';
import type { Subject } from '../../../bench/certify/subject';
import { normalTwoSided } from '../../../src/statistics/special/standard_normal';

// 10^5 elements, or what the defect needs to show, from a fixed seed, each check at a significance of 1e-6.
const CONDITIONS = { count: 1e5, seed: '2024', backend: 'cpu' } as const;

async function failed({ examine, needs = 0 }: Subject): Promise<string[]> {
  const { results } = await examine({ ...CONDITIONS, count: Math.max(CONDITIONS.count, needs) }, () => {});
  return results.filter(({ passed }) => !passed).map(({ name }) => name);
}

describe('sound generators pass every check', () => {
  const sound = [...GENUINE, ...DISCRETE, ...BROKEN.filter(({ broken }) => !broken)];
  it.each(sound.map((subject) => [subject.name, subject] as const))('%s', async (_, subject) => {
    expect(await failed(subject)).toEqual([]);
  });
});

/** A check that each must fail, and for the finer defects what must not notice. */
const CATCHES: Record<string, { by: string; unseenBy?: string }> = {
  'broken/two-rounds': { by: 'balance of bits' },
  'broken/repeated-counter': { by: 'repeated blocks', unseenBy: 'mean' },
  'broken/sine-twice': { by: 'correlation along rows, lag 1', unseenBy: 'mean' },
  'broken/radius-twice': {
    by: 'correlation of squares along rows, lag 2',
    unseenBy: 'correlation along rows, lag 2',
  },
  'broken/mean-shift': { by: 'mean', unseenBy: 'variance' },
  'broken/clamped': { by: 'variance', unseenBy: 'mean' },
  'broken/narrow-window': { by: 'last 1/512 of the range, both', unseenBy: 'mean' },
  'broken/uncorrected': { by: 'variance', unseenBy: 'mean' },
  'broken/chopped': { by: 'chi-square', unseenBy: 'mean' },
  'broken/coarse-uniform': { by: 'chi-square', unseenBy: 'mean' },
  'broken/shared-signs': { by: 'correlation along rows, lag 1', unseenBy: 'variance' },
  'broken/stddev-as-scale': { by: 'variance', unseenBy: 'mean' },
  'broken/mirrored': { by: 'third moment', unseenBy: 'variance' },
  'broken/linear-power': { by: 'chi-square' },
  'broken/signs': { by: 'mean', unseenBy: 'correlation along rows, lag 1' },
  'broken/modulo': { by: 'chi-square' },
  'broken/clamped-counts': { by: 'chi-square' },
  'broken/rotation': { by: 'correlation along rows, lag 1', unseenBy: 'mean' },
  'broken/seed-as-offset': { by: 'cross-correlation, shift 4', unseenBy: 'cross-correlation, shift 0' },
};

describe('broken generators are caught', () => {
  const broken = [...BROKEN, ...BROKEN_SAMPLED, ...BROKEN_DISCRETE].filter(
    (subject) => subject.broken && (subject.needs ?? 0) <= 1e6,
  );

  it('all of them are listed here', () =>
    expect(broken.map(({ name }) => name).sort()).toEqual(Object.keys(CATCHES).sort()));

  it.each(broken.map((subject) => [subject.name, subject] as const))('%s', async (name, subject) => {
    const names = await failed(subject);
    expect(names).toContain(CATCHES[name].by);
    expect(names).not.toContain(CATCHES[name].unseenBy);
  });

  it('a coarse radius shows in the tail from the number of elements on that it names', () => {
    const { needs } = BROKEN.find(({ name }) => name === 'broken/coarse-radius')!;
    expect(twoSided(binomialTails(0, needs!, normalTwoSided(5)))).toBeLessThan(1e-6);
  });
});
