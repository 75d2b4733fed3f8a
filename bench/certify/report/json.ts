import { SIGNIFICANCE } from '../check';
import type { Examination } from '../pool';
import type { Verdict } from '../verdict';
import type { Setting } from './setting';

/** Everything but the pictures, for machines. */
export function json(setting: Setting, verdict: Verdict, examinations: readonly Examination[]): string {
  const generators = examinations.map(({ subject: { name, about, broken }, findings, seconds }) => ({
    name,
    about,
    broken,
    seconds,
    checks: findings.results,
  }));
  return `${JSON.stringify({ setting, significance: SIGNIFICANCE, verdict, generators }, null, 2)}\n`;
}
