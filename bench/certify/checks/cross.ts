import type { CheckResult } from '../check';
import { History, lagged } from '../history';
import type { RoundedLaw } from '../rounded_law';
import { Correlation, standardizedSquares } from './correlation';

/** One element, and one Philox block: streams that differ by an offset meet there. */
const LAGS = [0, 1, 4];

/** Correlation between two tensors of the same law, element by element and with one of them shifted. */
export class Cross {
  private readonly histories = Array.from({ length: 4 }, () => new History(Math.max(...LAGS)));
  private readonly lags = LAGS.flatMap((lag) => (lag === 0 ? [0] : [lag, -lag])).map((lag) => ({
    lag,
    ofValues: new Correlation(`cross-correlation, shift ${lag}`),
    ofSquares: new Correlation(`cross-correlation of squares, shift ${lag}`),
  }));

  constructor(private readonly law: RoundedLaw) {}

  /** Two chunks of equal length, standardized. */
  add(one: Float64Array, other: Float64Array): void {
    const fourth = this.law.moments[4];
    const chunks = [one, other, standardizedSquares(one, fourth), standardizedSquares(other, fourth)];
    const [a, b, aa, bb] = this.histories.map((history, i) => history.push(chunks[i]));
    const { past } = this.histories[0];
    for (const { lag, ofValues, ofSquares } of this.lags) {
      ofValues.add(lag < 0 ? lagged(b, a, -lag, past) : lagged(a, b, lag, past));
      ofSquares.add(lag < 0 ? lagged(bb, aa, -lag, past) : lagged(aa, bb, lag, past));
    }
  }

  results(): CheckResult[] {
    return [
      ...this.lags.map(({ ofValues }) => ofValues.result()),
      ...this.lags.map(({ ofSquares }) => ofSquares.result()),
    ];
  }
}
