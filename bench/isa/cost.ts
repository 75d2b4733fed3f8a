import { AMD_CLASSES, amdClass, type AmdClass, amdSlots } from './amd';
import type { Card } from './cards';
import { type Case } from './cases';
import { NVIDIA_CLASSES, nvidiaClass, type NvidiaClass, nvidiaCycles } from './nvidia';
import { type Loop, loopsOf, ownInstructions, type Program } from './program';
import { type Turns, turnsOf } from './turns';

/** What an element costs on a card. */
export interface Cost {
  /** Modelled cycles of a lane. */
  readonly cycles: number;
  /** Instructions by class. */
  readonly instructions: Readonly<Record<string, number>>;
  readonly registers: number;
  readonly spills: number;
  readonly codeSize: number;
}

/** @throws Error where the program's loops are not those of the kernel */
export function costOf(program: Program, one: Case, card: Card): Cost {
  const loops = loopsOf(program.instructions);
  const turns = turnsOf(one, card);
  const found = match(turns, loops);
  if (found === undefined) {
    throw new Error(
      `the compiler made the loops ${shapeOf(loops) || 'none'} of ${shapeOf(turns)}, so how often each turns is not known`,
    );
  }
  return { ...(card.maker === 'AMD' ? amdCost : nvidiaCost)(program, found, card), ...limitsOf(program) };
}

function limitsOf({ registers, spills, codeSize }: Program): Pick<Cost, 'registers' | 'spills' | 'codeSize'> {
  return { registers, spills, codeSize };
}

/** A loop of a program, and how often it turns for an element. */
interface Weighed {
  readonly loop: Loop;
  readonly weight: number;
}

/**
 * Finds the loops of the source in the program. Compilers may have unrolled those that turn a constant number of times.
 * @returns undefined where the loops are others
 */
function match(source: readonly Turns[], loops: readonly Loop[]): Weighed[] | undefined {
  const unrollable = countUnrollable(source);
  for (let mask = 0; mask < 2 ** Math.min(unrollable, 12); mask++) {
    const unrolled = unroll(source, mask);
    if (shapeOf(unrolled.loops) === shapeOf(loops)) return weigh(unrolled.loops, loops, 1);
  }
  return undefined;
}

function countUnrollable(source: readonly Turns[]): number {
  return source.reduce(
    (sum, { constant, inner }) => sum + Number(constant ?? false) + countUnrollable(inner),
    0,
  );
}

/** The loops without those whose bit is set in the mask. Their inner loops are there as often as they turn. */
function unroll(source: readonly Turns[], mask: number): { loops: Turns[]; rest: number } {
  const loops: Turns[] = [];
  let rest = mask;
  for (const turns of source) {
    const gone = turns.constant === true && (rest & 1) === 1;
    if (turns.constant === true) rest >>= 1;
    const inner = unroll(turns.inner, rest);
    rest = inner.rest;
    if (gone) for (let i = 0; i < turns.turns; i++) loops.push(...inner.loops);
    else loops.push({ ...turns, inner: inner.loops });
  }
  return { loops, rest };
}

/** A forest of loops in brackets. */
function shapeOf(loops: readonly { readonly inner: readonly any[] }[]): string {
  return loops.map(({ inner }) => `(${shapeOf(inner)})`).join('');
}

function weigh(source: readonly Turns[], loops: readonly Loop[], times: number): Weighed[] {
  return source.flatMap(({ turns, inner }, i) => [
    { loop: loops[i], weight: times * turns },
    ...weigh(inner, loops[i].inner, times * turns),
  ]);
}

function counted<Class extends string>(
  program: Program,
  loop: Loop,
  classes: readonly Class[],
  classOf: (op: string) => Class,
): Record<Class, number> {
  const counts = Object.fromEntries(classes.map((one) => [one, 0])) as Record<Class, number>;
  for (const { op } of ownInstructions(program, loop)) counts[classOf(op)]++;
  return counts;
}

function added<Class extends string>(
  sum: Record<string, number>,
  counts: Record<Class, number>,
  weight: number,
): void {
  for (const [name, count] of Object.entries<number>(counts)) sum[name] = (sum[name] ?? 0) + weight * count;
}

function amdCost(
  program: Program,
  loops: readonly Weighed[],
  { id }: Card,
): Pick<Cost, 'cycles' | 'instructions'> {
  const slots = amdSlots(id);
  const instructions: Record<string, number> = {};
  for (const { loop, weight } of loops)
    added<AmdClass>(instructions, counted(program, loop, AMD_CLASSES, amdClass), weight);
  const cycles = AMD_CLASSES.reduce((sum, name) => sum + slots[name] * instructions[name], 0);
  return { cycles, instructions };
}

/** The pipes work side by side within a loop, and loops come one after the other. */
function nvidiaCost(
  program: Program,
  loops: readonly Weighed[],
  { id }: Card,
): Pick<Cost, 'cycles' | 'instructions'> {
  const instructions: Record<string, number> = {};
  let cycles = 0;
  for (const { loop, weight } of loops) {
    const counts = counted<NvidiaClass>(program, loop, NVIDIA_CLASSES, nvidiaClass);
    added(instructions, counts, weight);
    cycles += weight * nvidiaCycles(id, counts);
  }
  return { cycles, instructions };
}
