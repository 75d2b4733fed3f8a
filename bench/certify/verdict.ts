import type { CheckResult } from './check';
import { SIGNIFICANCE } from './check';
import type { Examination } from './pool';

/** What the examinations amount to. */
export interface Verdict {
  /** Checks on sound generators, and broken generators, each one that must be caught. */
  readonly passed: number;
  readonly failed: number;
  /** Checks on sound generators. */
  readonly checks: number;
  /** The most that the chance can be that any of them fails where nothing is wrong. */
  readonly falseAlarm: number;
}

export function verdictOf(examinations: readonly Examination[]): Verdict {
  const checks = examinations
    .filter(({ subject }) => !subject.broken)
    .flatMap(({ findings }) => findings.results);
  const outcomes = [
    ...checks.map(({ passed }) => passed),
    ...examinations
      .filter(({ subject }) => subject.broken)
      .map((examination) => failures(examination).length > 0),
  ];
  const passed = outcomes.filter(Boolean).length;
  return {
    passed,
    failed: outcomes.length - passed,
    checks: checks.length,
    falseAlarm: checks.length * SIGNIFICANCE,
  };
}

/** The failed checks, the most significant first. */
export function failures({ findings }: Examination): CheckResult[] {
  return findings.results.filter(({ passed }) => !passed).sort((a, b) => a.pValue - b.pValue);
}
