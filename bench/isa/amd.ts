import type { Instruction, Program } from './program';

/**
 * Reads what RADV prints with RADV_DEBUG=asm,shaderstats: the disassembly, or, where LLVM does not know the card,
 * the compiler's own listing of the same instructions.
 * @throws Error where it is neither
 */
export function parseRadv(text: string): Program {
  const end = text.lastIndexOf('*** SHADER STATS ***');
  const failed = /^FAILED (.*)$/m.exec(text)?.[1];
  if (failed !== undefined) throw new Error(failed);
  if (end < 0) throw new Error('RADV printed no statistics');
  const disassembly = text.slice(text.lastIndexOf('\ndisasm:\n'), end);
  const instructions = /^BB\d+:/m.test(disassembly)
    ? instructionsOf(disassembly, /^(BB\d+):/, (line) => line)
    : instructionsOf(
        text.slice(text.lastIndexOf('After lowering to hw instructions'), end),
        /^(BB\d+)\b/,
        operationOf,
      );
  if (instructions.length === 0) throw new Error('RADV printed no instructions');
  const number = (name: string): number => {
    const found = new RegExp(`^${name}: (\\d+)$`, 'm').exec(text.slice(end))?.[1];
    if (found === undefined) throw new Error(`RADV's statistics have no ${name}`);
    return Number(found);
  };
  return {
    instructions,
    registers: number('VGPRs'),
    spills: number('Spilled VGPRs') + number('Spilled SGPRs'),
    codeSize: number('Code size'),
  };
}

/** The operation of a line of the compiler's listing, "s1: %21:s[4], s1: %54:scc = s_sub_i32 ...". */
function operationOf(line: string): string {
  const at = line.indexOf(' = ');
  return (at < 0 ? line : line.slice(at + 3)).replace(/^\(\w+\)/, '');
}

function instructionsOf(text: string, label: RegExp, operation: (line: string) => string): Instruction[] {
  const lines: string[] = [];
  const places = new Map<string, number>();
  for (const line of text.split('\n')) {
    const block = label.exec(line)?.[1];
    if (block !== undefined) places.set(block, lines.length);
    else if (/^\t *[a-z]|^\t .* = /.test(line) && places.size > 0)
      lines.push(operation(line.split(';')[0].trim()));
  }
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const op = line.split(/\s/)[0].replace(/_e(32|64)(_dpp)?$/, '');
      const block = /^s_c?branch/.test(op) ? /BB\d+/.exec(line)?.[0] : undefined;
      const target = block === undefined ? undefined : places.get(block);
      return target === undefined ? { op } : { op, target };
    });
}

export const AMD_CLASSES = [
  'vector',
  'half',
  'mul16',
  'convert',
  'mul32',
  'wide',
  'transcendental',
  'memory',
  'scalar',
] as const;
export type AmdClass = (typeof AMD_CLASSES)[number];

/** Operations that RDNA 3 and 4 issue in half a slot for waves of 64. */
const HALF =
  /^v_((fma|fmac|fmaak|fmamk|mul|add|sub|subrev|max|min)(_legacy)?_f(32|16)|mov_b32|cndmask_b32|(max|min|add|sub|mad)_[iu]16|mul_lo_u16|(and|or|xor|not)_b16|(lshl|lshr)rev_b16|ashrrev_i16)$/;

/** The class of an operation, by what it costs. */
export function amdClass(op: string): AmdClass {
  if (/^v_mul_(lo|hi)_[iu]32$/.test(op)) return 'mul32';
  if (/^v_(mad_(co_)?[ui]64|lshlrev_b64|lshrrev_b64|ashrrev_i64|add_f64|mul_f64)/.test(op)) return 'wide';
  if (/^v_(rcp|rsq|sqrt|log|exp|sin|cos)_/.test(op)) return 'transcendental';
  if (/^v_cvt_(f32|i32|u32|f16)_(f32|i32|u32|f16|ubyte)/.test(op)) return 'convert';
  if (/^v_(mad|mul|mul_hi)_[ui]32_[ui](16|24)/.test(op)) return 'mul16';
  if (HALF.test(op)) return 'half';
  if (op.startsWith('v_')) return 'vector';
  return /^(buffer|global|scratch|ds|flat)_/.test(op) ? 'memory' : 'scalar';
}

/**
 * Slots of a vector unit, by the compiler's own table (Mesa, src/amd/compiler/aco_statistics.cpp): a 32-bit product
 * takes four. Transcendentals have a unit of their own on RDNA. Scalar instructions and memory go beside.
 */
export function amdSlots(card: string): Readonly<Record<AmdClass, number>> {
  const old = card === 'vega10' || card === 'renoir';
  const half = ['navi31', 'gfx1150', 'gfx1201'].includes(card) ? 0.5 : 1;
  return {
    vector: 1,
    half,
    mul16: 1,
    convert: old ? 4 : 1,
    mul32: 4,
    wide: 2,
    transcendental: old ? 4 : 1,
    memory: 0,
    scalar: 0,
  };
}
