const LENGTH = 624;
const MIDDLE = 397;

/** The 624 words of a state, and how many of them are used up. */
export interface Mt19937State {
  readonly words: Uint32Array;
  readonly used: number;
}

/**
 * The state of the reference implementation's `init_genrand(seed)`.
 * @param seed an unsigned 32-bit integer
 */
export function seededMt19937(seed: number): Mt19937State {
  const words = new Uint32Array(LENGTH);
  words[0] = seed;
  for (let i = 1; i < LENGTH; i++) {
    const before = words[i - 1] ^ (words[i - 1] >>> 30);
    words[i] = Math.imul(1812433253, before) + i;
  }
  return { words, used: LENGTH };
}

/** The state of plain data; undefined for any other value. */
export function mt19937StateOf(data: unknown): Mt19937State | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { words: given, used } = data as { readonly words?: unknown; readonly used?: unknown };
  if (!(Array.isArray(given) || given instanceof Uint32Array) || given.length !== LENGTH) return undefined;
  const numbers = Array.from<unknown>(given);
  const words = Uint32Array.from(numbers as number[]);
  if (numbers.some((word, i) => word !== words[i])) return undefined;
  // From zeros come zeros alone. Of the first word only the upper bit counts.
  if (words.every((word, i) => (i === 0 ? word >>> 31 : word) === 0)) return undefined;
  return Number.isInteger(used) && (used as number) >= 0 && (used as number) <= LENGTH
    ? { words, used: used as number }
    : undefined;
}

/**
 * The Mersenne Twister MT19937, which gives 32-bit words one after the other.
 * @see Matsumoto and Nishimura, 1998, https://doi.org/10.1145/272991.272995
 */
export class Mt19937 {
  private readonly words: Uint32Array;
  private used: number;

  constructor({ words, used }: Mt19937State) {
    this.words = words.slice();
    this.used = used;
  }

  /** The state, which stays as it is when this moves on. */
  get state(): Mt19937State {
    return { words: this.words.slice(), used: this.used };
  }

  /** The next word. */
  next(): number {
    if (this.used === LENGTH) this.twist();
    return tempered(this.words[this.used++]);
  }

  /** The next `count` words. */
  take(count: number): Uint32Array<ArrayBuffer> {
    const out = new Uint32Array(count);
    for (let at = 0; at < count;) {
      if (this.used === LENGTH) this.twist();
      const end = Math.min(count, at + LENGTH - this.used);
      for (; at < end; at++) out[at] = tempered(this.words[this.used++]);
    }
    return out;
  }

  /** Leaves `count` words out. */
  skip(count: number): void {
    let left = count;
    while (left > LENGTH - this.used) {
      left -= LENGTH - this.used;
      this.twist();
    }
    this.used += left;
  }

  private twist(): void {
    const { words } = this;
    let first = words[0];
    for (let i = 0; i < LENGTH; i++) {
      const second = words[i + 1 < LENGTH ? i + 1 : 0];
      const mixed = (first & 0x80000000) | (second & 0x7fffffff);
      const far = words[i < LENGTH - MIDDLE ? i + MIDDLE : i + MIDDLE - LENGTH];
      words[i] = far ^ (mixed >>> 1) ^ (-(second & 1) & 0x9908b0df);
      first = second;
    }
    this.used = 0;
  }
}

function tempered(word: number): number {
  let y = word;
  y ^= y >>> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return (y ^ (y >>> 18)) >>> 0;
}
