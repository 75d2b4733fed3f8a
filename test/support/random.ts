/** A small generator for test inputs, unrelated to the one under test: Marsaglia's xorshift32 (2003). */
export class TestRandom {
  constructor(private state = 0x9e3779b9) {}

  word(): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return this.state >>> 0;
  }

  /** An integer in [0, n). */
  below(n: number): number {
    return Math.floor((this.word() / 2 ** 32) * n);
  }

  /** A word with a random number of leading zeros, often all ones or a power of two. */
  edgeWord(): number {
    const word = this.word() >>> (this.below(33) % 32);
    const choice = this.below(8);
    if (choice === 0) return 2 ** (this.word() % 32);
    if (choice === 1) return 2 ** (this.word() % 32) - 1;
    return choice === 2 ? ~word >>> 0 : word;
  }
}
