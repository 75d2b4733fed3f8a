/** An instruction of a card's machine code. */
export interface Instruction {
  readonly op: string;
  /** The index of the instruction that it may branch to. */
  readonly target?: number;
}

/** What a compiler made of a kernel. */
export interface Program {
  readonly instructions: readonly Instruction[];
  readonly registers: number;
  /** Registers, or bytes, that do not fit and go to memory. */
  readonly spills: number;
  /** Bytes of machine code. */
  readonly codeSize: number;
}

/** A loop of a program: the instructions [first, last], and the loops inside of them. */
export interface Loop {
  readonly first: number;
  readonly last: number;
  readonly inner: readonly Loop[];
}

/** The outermost loops. A loop is what a backward branch closes; of those with one head the longest counts. */
export function loopsOf(instructions: readonly Instruction[]): Loop[] {
  const ends = new Map<number, number>();
  instructions.forEach(({ target }, at) => {
    // Compilers end programs with a branch to itself.
    if (target !== undefined && target < at) ends.set(target, Math.max(ends.get(target) ?? 0, at));
  });
  const spans = [...ends].sort(([a, endOfA], [b, endOfB]) => a - b || endOfB - endOfA);
  const nest = (from: number, to: number): Loop[] => {
    const loops: Loop[] = [];
    while (spans.length > 0 && spans[0][0] >= from && spans[0][1] <= to) {
      const [first, last] = spans.shift()!;
      if (first <= (loops.at(-1)?.last ?? -1))
        throw new Error(`the loop at instruction ${first} lies across another`);
      loops.push({ first, last, inner: nest(first, last) });
    }
    return loops;
  };
  return nest(0, instructions.length);
}

/** The instructions of a loop that are in none of its inner loops. */
export function ownInstructions({ instructions }: Program, loop: Loop): Instruction[] {
  const own: Instruction[] = [];
  for (let at = loop.first; at <= loop.last; at++) {
    const inner = loop.inner.find(({ first, last }) => at >= first && at <= last);
    if (inner === undefined) own.push(instructions[at]);
  }
  return own;
}
