import { type CheckResult, judged } from '../check';
import { normalTwoSided } from '../../../src/statistics/special/standard_normal';

/** A sum of products of independent values with mean 0 and standard deviation 1, pair by pair. */
export class Correlation {
  private sum = 0;
  private pairs = 0;

  constructor(private readonly name: string) {}

  add({ sum, pairs }: { sum: number; pairs: number }): void {
    this.sum += sum;
    this.pairs += pairs;
  }

  /**
   * The products have variance 1 and are uncorrelated, so
   * the coefficient's standard error is 1 / sqrt(pairs).
   */
  result(): CheckResult {
    const z = this.sum / Math.sqrt(this.pairs);
    const detail = `r = ${(this.sum / this.pairs).toExponential(3)}, standard error ${(1 / Math.sqrt(this.pairs)).toExponential(2)}`;
    return judged(this.name, z, 0, normalTwoSided(z), detail);
  }
}

/**
 * y^2 with mean 0 and standard deviation 1: pairs that
 * share a radius correlate here, though not themselves.
 */
export function standardizedSquares(standardized: Float64Array, fourthMoment: number): Float64Array {
  const scale = 1 / Math.sqrt(fourthMoment - 1);
  const squares = new Float64Array(standardized.length);
  for (let i = 0; i < squares.length; i++) squares[i] = (standardized[i] * standardized[i] - 1) * scale;
  return squares;
}
