import { type CheckResult, judged } from '../check';
import type { RoundedLaw } from '../rounded_law';
import { normalTwoSided } from '../../../src/statistics/special/standard_normal';

const NAMES = ['', 'mean', 'variance', 'third moment', 'fourth moment'];

/**
 * The first four moments of standardized values. Each is a mean of n independent terms y^k, so
 * its standard error is sqrt((E[y^2k] - E[y^k]^2) / n), from the law and not from the sample; the
 * statistic is the deviation in standard errors.
 */
export class MomentsCheck {
  private n = 0;
  private readonly sums = [0, 0, 0, 0, 0];

  constructor(private readonly law: RoundedLaw) {}

  /** @param standardized (x - mean) / stddev, with the law's mean and standard deviation */
  add(standardized: Float64Array): void {
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let s4 = 0;
    for (let i = 0; i < standardized.length; i++) {
      const y = standardized[i];
      const yy = y * y;
      s1 += y;
      s2 += yy;
      s3 += yy * y;
      s4 += yy * yy;
    }
    [s1, s2, s3, s4].forEach((sum, k) => (this.sums[k + 1] += sum));
    this.n += standardized.length;
  }

  results(): CheckResult[] {
    return [1, 2, 3, 4].map((k) => {
      const expected = this.law.moments[k];
      const error = Math.sqrt((this.law.moments[2 * k] - expected ** 2) / this.n);
      const z = (this.sums[k] / this.n - expected) / error;
      const detail = `E[y^${k}] = ${(this.sums[k] / this.n).toFixed(7)}, law ${expected.toFixed(7)}, standard error ${error.toPrecision(3)}`;
      return judged(NAMES[k], z, 0, normalTwoSided(z), detail);
    });
  }
}
