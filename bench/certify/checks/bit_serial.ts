import { type CheckResult, judged } from '../check';
import { normalTwoSided } from '../../../src/statistics/special/standard_normal';

const LAGS = [1, 2, 3, 4];

/** How many bits of a word differ from those of the word `lag` before: half of them, binomially. */
export class BitSerial {
  private readonly last = new Uint32Array(4);
  private n = 0;
  private readonly differing = [0, 0, 0, 0];
  private readonly pairs = [0, 0, 0, 0];

  add(words: Uint32Array): void {
    LAGS.forEach((lag, k) => {
      let sum = 0;
      for (let i = 0; i < words.length; i++) {
        if (this.n + i < lag) continue;
        sum += ones(words[i] ^ (i < lag ? this.last[4 - lag + i] : words[i - lag]));
        this.pairs[k]++;
      }
      this.differing[k] += sum;
    });
    for (let k = 0; k < 4; k++)
      this.last[k] = words.length + k < 4 ? this.last[words.length + k] : words[words.length + k - 4];
    this.n += words.length;
  }

  results(): CheckResult[] {
    return LAGS.map((lag, k) => {
      const bits = 32 * this.pairs[k];
      const z = (2 * this.differing[k] - bits) / Math.sqrt(bits);
      return judged(
        `bits of words, lag ${lag}`,
        z,
        0,
        normalTwoSided(z),
        `share of differing bits ${(this.differing[k] / bits).toPrecision(7)}`,
      );
    });
  }
}

/** Source: Warren, Hacker's Delight (2012), 5-1. */
function ones(word: number): number {
  word -= (word >>> 1) & 0x55555555;
  word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
  word = (word + (word >>> 4)) & 0x0f0f0f0f;
  return Math.imul(word, 0x01010101) >>> 24;
}
