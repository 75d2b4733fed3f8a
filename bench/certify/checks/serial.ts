import type { CheckResult } from '../check';
import { History, lagged } from '../history';
import type { RoundedLaw } from '../rounded_law';
import { Correlation, standardizedSquares } from './correlation';

/**
 * Serial correlation of a tensor [rows, columns] as it lies in memory: along the rows with lags
 * 1 to 4 (4 values come from one Philox block), along the columns with lag 1, of the values and
 * of their squares. A row's last value counts as the neighbour of the next row's first.
 */
export class Serial {
  private readonly values: History;
  private readonly squares: History;
  private readonly lags: readonly { lag: number; ofValues: Correlation; ofSquares: Correlation }[];

  constructor(
    private readonly law: RoundedLaw,
    columns: number,
  ) {
    this.values = new History(columns);
    this.squares = new History(columns);
    const named: [number, string][] = [
      [1, 'rows, lag 1'],
      [2, 'rows, lag 2'],
      [3, 'rows, lag 3'],
      [4, 'rows, lag 4'],
      [columns, 'columns, lag 1'],
    ];
    this.lags = named.map(([lag, name]) => ({
      lag,
      ofValues: new Correlation(`correlation along ${name}`),
      ofSquares: new Correlation(`correlation of squares along ${name}`),
    }));
  }

  add(standardized: Float64Array): void {
    const values = this.values.push(standardized);
    const squares = this.squares.push(standardizedSquares(standardized, this.law.moments[4]));
    for (const { lag, ofValues, ofSquares } of this.lags) {
      ofValues.add(lagged(values, values, lag, this.values.past));
      ofSquares.add(lagged(squares, squares, lag, this.squares.past));
    }
  }

  results(): CheckResult[] {
    return [
      ...this.lags.map(({ ofValues }) => ofValues.result()),
      ...this.lags.map(({ ofSquares }) => ofSquares.result()),
    ];
  }
}
