import type { Instruction, Program } from './program';

/**
 * Reads what nvdisasm -c prints of a kernel, and ptxas -v.
 * @throws Error where it has no instructions
 */
export function parseSass(sass: string, report: string): Program {
  const lines: { op: string; operands: string; address: number }[] = [];
  const places = new Map<string, number>();
  for (const line of sass.split('\n')) {
    const label = /^(\.L_\w+):/.exec(line)?.[1];
    if (label !== undefined) places.set(label, lines.length);
    const found = /^\s*\/\*([\da-f]{4,})\*\/\s+(?:@!?U?P\w+ )?\s*([A-Z][\w.]*)\s*([^;]*);/.exec(line);
    if (found !== null) lines.push({ address: parseInt(found[1], 16), op: found[2], operands: found[3] });
  }
  if (lines.length === 0) throw new Error('nvdisasm printed no instructions');
  const instructions: Instruction[] = lines.map(({ op, operands }) => {
    const label = op.startsWith('BRA') ? /\.L_\w+/.exec(operands)?.[0] : undefined;
    const target = label === undefined ? undefined : places.get(label);
    return target === undefined ? { op } : { op, target };
  });
  const number = (unit: string): number => {
    const found = new RegExp(`(\\d+) ${unit}`).exec(report)?.[1];
    if (found === undefined) throw new Error(`ptxas does not say its ${unit}`);
    return Number(found);
  };
  return {
    instructions,
    registers: number('registers'),
    spills: number('bytes spill stores') + number('bytes spill loads'),
    codeSize: lines[lines.length - 1].address + 16,
  };
}

export const NVIDIA_CLASSES = ['alu', 'mad', 'wide', 'float', 'special', 'memory', 'control'] as const;
export type NvidiaClass = (typeof NVIDIA_CLASSES)[number];

const CONTROL =
  /^(U\w+|BRA|EXIT|NOP|S2UR|BSSY|BSYNC|BREAK|WARPSYNC|R2UR|PLOP3|DEPBAR|BAR|RET|CALL|VOTEU?|YIELD|MEMBAR|ERRBAR)$/;

/** The class of an operation, by the pipe that takes it. */
export function nvidiaClass(op: string): NvidiaClass {
  const name = op.split('.')[0];
  if (/^(MUFU|FLO|POPC|BREV|F2I|F2F|I2F)$/.test(name)) return 'special';
  if (name === 'IMAD') return /\.(WIDE|HI)/.test(op) ? 'wide' : 'mad';
  if (/^(FFMA|FADD|FMUL)$/.test(name)) return 'float';
  if (CONTROL.test(name)) return 'control';
  return /^(LD|ST|LDG|LDC|STG|LDL|STL|LDS|STS|ATOM|ATOMG|ATOMS|RED|S2R|CS2R)$/.test(name) ? 'memory' : 'alu';
}

/**
 * Cycles of the pipe that has the most to do, for a warp: each quarter of a multiprocessor issues one instruction a
 * cycle, and has 16 lanes for integers, 16 for multiply-adds and 4 for special functions, which work side by side
 * (CUDA C++ Programming Guide, "Arithmetic Instructions"). That wide products take twice as long as others is a guess.
 */
export function nvidiaCycles(card: string, counts: Readonly<Record<NvidiaClass, number>>): number {
  // Since sm_86 there are 32 lanes for floats: those for multiply-adds, and 16 more.
  const float = card === 'sm_80' ? 2 : 0.5;
  const issue = NVIDIA_CLASSES.reduce((sum, one) => sum + counts[one], 0);
  const multiply = 2 * counts.mad + 4 * counts.wide + float * counts.float;
  return Math.max(issue, 2 * counts.alu, multiply, 8 * counts.special);
}
