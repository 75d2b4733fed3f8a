import { describe, expect, it } from 'vitest';
import { judged } from '../../../bench/certify/check';
import type { Examination } from '../../../bench/certify/pool';
import { verdictOf } from '../../../bench/certify/verdict';

function examination(broken: boolean, ...pValues: number[]): Examination {
  const subject = {
    name: 'it',
    about: '',
    broken,
    tensors: 1 as const,
    examine: () => Promise.reject(new Error('not called')),
  };
  return { subject, findings: { results: pValues.map((p) => judged('check', 0, 0, p, '')) }, seconds: 0 };
}

describe('the verdict', () => {
  it('counts every check of a sound generator', () => {
    expect(verdictOf([examination(false, 0.5, 0.9), examination(false, 1e-7, 0.1)])).toMatchObject({
      passed: 3,
      failed: 1,
      checks: 4,
      falseAlarm: 4e-6,
    });
  });

  it('counts a broken generator as one: passed where a check caught it, failed where none did', () => {
    expect(verdictOf([examination(true, 0.5, 1e-9), examination(true, 0.5, 1e-5)])).toMatchObject({
      passed: 1,
      failed: 1,
      checks: 0,
    });
  });

  it('takes a NaN for a failure', () => {
    expect(verdictOf([examination(false, NaN)]).failed).toBe(1);
  });
});
