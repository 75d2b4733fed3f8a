import { type CheckResult, judged } from '../check';
import { poissonTails } from '../special/tails';
import { twoSided } from '../special/two_tails';

/**
 * No block of four words may come twice, since Philox maps counters to blocks one to one. Blocks
 * are compared by 64 of their 128 bits: among 25 million, 2e-5 pairs agree in those by chance, so
 * that two such pairs fail.
 */
export class BlockRepeats {
  private readonly words: Uint32Array;
  private blocks = 0;

  /** @param words how many will come */
  constructor(words: number) {
    this.words = new Uint32Array(2 * Math.floor(words / 4));
  }

  /** @param words whole blocks, but for the last chunk */
  add(words: Uint32Array): void {
    for (let i = 0; i + 3 < words.length; i += 4) {
      this.words[2 * this.blocks] = words[i] ^ words[i + 2];
      this.words[2 * this.blocks + 1] = words[i + 1] ^ words[i + 3];
      this.blocks++;
    }
  }

  result(): CheckResult {
    const { words, blocks } = this;
    new BigUint64Array(words.buffer, 0, blocks).sort();
    let repeats = 0;
    for (let i = 2; i < 2 * blocks; i += 2)
      if (words[i] === words[i - 2] && words[i + 1] === words[i - 1]) repeats++;
    const expected = (blocks * (blocks - 1)) / 2 ** 65;
    return judged(
      'repeated blocks',
      repeats,
      expected,
      twoSided(poissonTails(repeats, expected)),
      `among ${blocks} blocks of 128 bits`,
    );
  }
}
