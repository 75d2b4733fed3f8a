import { type CheckResult, judged } from '../check';
import { poissonTails } from '../special/tails';
import { twoSided } from '../special/two_tails';

const BATCH = 2 ** 22;
const CELLS = 2 ** 32;

/**
 * Knuth's collision test (The Art of Computer Programming 2, 3.3.2 I): b words fall into m = 2^32
 * cells, and b - m (1 - (1 - 1/m)^b) of them into one that is taken. All words take part, 2^22 at
 * a time. So few cells are taken that the counts are Poisson to within 1 part in 1000 of their variance.
 */
export class Collisions {
  private readonly batch: Uint32Array;
  private filled = 0;
  private seen = 0;
  private expected = 0;

  constructor(batch = BATCH) {
    this.batch = new Uint32Array(batch);
  }

  add(words: Uint32Array): void {
    for (let at = 0; at < words.length;) {
      const part = words.subarray(at, at + this.batch.length - this.filled);
      this.batch.set(part, this.filled);
      this.filled += part.length;
      at += part.length;
      if (this.filled === this.batch.length) this.count();
    }
  }

  result(): CheckResult {
    if (this.filled > 0) this.count();
    const pValue = twoSided(poissonTails(this.seen, this.expected));
    return judged(
      'collisions',
      this.seen,
      this.expected,
      pValue,
      `words that came before, of ${this.batch.length} at a time`,
    );
  }

  private count(): void {
    const words = this.batch.subarray(0, this.filled).sort();
    for (let i = 1; i < words.length; i++) if (words[i] === words[i - 1]) this.seen++;
    this.expected += words.length + CELLS * Math.expm1(words.length * Math.log1p(-1 / CELLS));
    this.filled = 0;
  }
}
