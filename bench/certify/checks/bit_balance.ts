import { type CheckResult, judged } from '../check';
import { chiSquareTails } from '../special/tails';
import { twoSided } from '../special/two_tails';
import { normalTwoSided } from '../../../src/statistics/special/standard_normal';

const CELLS = 2 ** 16;

/** Words by their two 16-bit halves: how often each half's values come, and each of the 32 bits is 1. */
export class BitBalance {
  private n = 0;
  private readonly halves = [new Uint32Array(CELLS), new Uint32Array(CELLS)];

  add(words: Uint32Array): void {
    const [low, high] = this.halves;
    for (let i = 0; i < words.length; i++) {
      const word = words[i];
      low[word & 0xffff]++;
      high[word >>> 16]++;
    }
    this.n += words.length;
  }

  results(): CheckResult[] {
    return [this.worstBit(), this.evenness('low', this.halves[0]), this.evenness('high', this.halves[1])];
  }

  private worstBit(): CheckResult {
    const z = this.halves.flatMap((half) =>
      Array.from({ length: 16 }, (_, bit) => (2 * ones(half, bit) - this.n) / Math.sqrt(this.n)),
    );
    const worst = z.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
    // The chance that the worst of 32 is that far off.
    const pValue = -Math.expm1(32 * Math.log1p(-normalTwoSided(worst)));
    return judged(
      'balance of bits',
      worst,
      0,
      pValue,
      `the worst is bit ${z.indexOf(worst)}, in standard errors`,
    );
  }

  private evenness(name: string, half: Uint32Array): CheckResult {
    const expected = this.n / CELLS;
    const statistic = half.reduce((sum, count) => sum + (count - expected) ** 2, 0) / expected;
    return judged(
      `${name} half-words`,
      statistic,
      CELLS - 1,
      twoSided(chiSquareTails(statistic, CELLS - 1)),
      `chi-square over ${CELLS} values`,
    );
  }
}

function ones(half: Uint32Array, bit: number): number {
  let sum = 0;
  for (let value = 0; value < CELLS; value++) sum += half[value] * ((value >> bit) & 1);
  return sum;
}
