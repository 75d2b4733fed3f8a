import type { DiscreteLaw } from '../../src/statistics/laws';
import { type CheckResult, judged } from './check';
import { chiSquareTails } from './special/tails';
import { twoSided } from './special/two_tails';

/** Values that are expected fewer times are counted together. */
const FEWEST = 50;

/** Values of a law that has only some, counted one by one. */
export class CountedSample {
  private readonly counts = new Map<number, number>();
  private outside = 0;
  n = 0;

  constructor(private readonly law: DiscreteLaw) {
    for (const { value } of law.values) this.counts.set(value, 0);
  }

  add(values: Float64Array): void {
    const { counts } = this;
    for (let i = 0; i < values.length; i++) {
      const count = counts.get(values[i]);
      if (count === undefined) this.outside++;
      else counts.set(values[i], count + 1);
    }
    this.n += values.length;
  }

  results(): CheckResult[] {
    return [this.support(), this.chiSquare()];
  }

  /** No value is one that the law does not have, but for those that it leaves out as too rare. */
  private support(): CheckResult {
    const all = this.law.values.reduce((sum, { probability }) => sum + probability, 0);
    const expected = this.n * Math.max(1 - all, 0);
    const detail = 'values that the law does not have';
    return judged(
      'within the values',
      this.outside,
      expected,
      this.outside > 10 * expected + 5 ? 0 : 1,
      detail,
    );
  }

  private chiSquare(): CheckResult {
    let [square, groups, seen, expected] = [0, 0, 0, 0];
    const end = (): void => {
      square += (seen - expected) ** 2 / expected;
      groups++;
      [seen, expected] = [0, 0];
    };
    let left = this.n;
    for (const { value, probability } of this.law.values) {
      seen += this.counts.get(value)!;
      expected += probability * this.n;
      left -= probability * this.n;
      if (expected >= FEWEST && left >= FEWEST) end();
    }
    end();
    const pValue = twoSided(chiSquareTails(square, groups - 1));
    return judged('chi-square', square, groups - 1, pValue, `${groups} groups of values`);
  }
}
