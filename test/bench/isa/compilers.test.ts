import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { amdClass, parseRadv } from '../../../bench/isa/amd';
import { CARDS } from '../../../bench/isa/cards';
import type { Case } from '../../../bench/isa/cases';
import { costOf } from '../../../bench/isa/cost';
import { nvidiaClass, parseSass } from '../../../bench/isa/nvidia';
import { loopsOf, type Program } from '../../../bench/isa/program';

/** What the compilers printed of the kernel `constant`. */
const fragment = (name: string): string =>
  readFileSync(new URL(`fragments/${name}.txt`, import.meta.url), 'utf8');

const constant: Case = {
  name: 'constant/float32',
  kernel: 'constant',
  dtype: 'float32',
  code: '',
  entryPoint: 'main',
  constants: {},
  entries: [],
  params: { kernel: 'constant', pattern: 0 },
  members: new Map(),
};

const card = (id: string) => CARDS.find((one) => one.id === id)!;

/** The operations of the only loop. */
function loopOf(program: Program): string[] {
  const loops = loopsOf(program.instructions);
  expect(loops).toHaveLength(1);
  const [{ first, last, inner }] = loops;
  expect(inner).toEqual([]);
  return program.instructions.slice(first, last + 1).map(({ op }) => op);
}

const SIX_STATISTICS = { registers: 12, spills: 0 };

describe("RADV's output", () => {
  it('is read where it is a disassembly', () => {
    const program = parseRadv(fragment('navi31'));
    expect(program).toMatchObject({ ...SIX_STATISTICS, codeSize: 440 });
    expect(program.instructions.at(-1)).toEqual({ op: 's_endpgm' });
    const vector = loopOf(program).filter((op) => /^(v|buffer)_/.test(op));
    expect(vector).toEqual([
      'v_add_lshl_u32',
      'v_mov_b32',
      'v_mov_b32',
      'v_mov_b32',
      'v_mov_b32',
      'buffer_store_b128',
      'v_lshl_add_u32',
      'v_cmp_le_u32',
    ]);
    // Three whole slots and four half ones, for four elements.
    const { cycles, instructions } = costOf(program, constant, card('navi31'));
    expect(cycles).toBe((3 + 4 / 2) / 4);
    expect(instructions).toMatchObject({ vector: 3 / 4, half: 1, mul32: 0, memory: 1 / 4 });
  });

  it('is read where it is the listing of the compiler', () => {
    const program = parseRadv(fragment('gfx1201'));
    expect(program).toMatchObject(SIX_STATISTICS);
    const loop = loopOf(program);
    expect(loop.filter((op) => op === 'v_mov_b32')).toHaveLength(4);
    expect(loop.filter((op) => op.startsWith('buffer_store'))).toHaveLength(1);
    expect(costOf(program, constant, card('gfx1201')).cycles).toBe((3 + 4 / 2) / 4);
  });

  it.each([
    ['', 'RADV printed no statistics'],
    ['FAILED line 3: unresolved value', 'line 3: unresolved value'],
    ['*** SHADER STATS ***\n', 'RADV printed no instructions'],
  ])('%j is refused', (text, message) => {
    expect(() => parseRadv(text)).toThrow(message);
  });

  it('without a statistic is refused', () => {
    const text = fragment('navi31').replace(/^VGPRs.*\n/m, '');
    expect(() => parseRadv(text)).toThrow("RADV's statistics have no VGPRs");
  });
});

describe("nvdisasm's output", () => {
  it('is read', () => {
    const program = parseSass(fragment('sm_90'), fragment('ptxas'));
    expect(program).toMatchObject({ registers: 18, spills: 0, codeSize: 0x280 });
    expect(loopOf(program)).toEqual(
      'IMAD.IADD MOV IMAD.MOV.U32 MOV IMAD.WIDE.U32 LEA STG.E.128 ISETP.GE.U32.AND BRA'.split(' '),
    );
    // Nine instructions are issued. Each pipe has eight cycles.
    const { cycles, instructions } = costOf(program, constant, card('sm_90'));
    expect(cycles).toBe(9 / 4);
    expect(instructions).toMatchObject({
      alu: 4 / 4,
      mad: 2 / 4,
      wide: 1 / 4,
      memory: 1 / 4,
      control: 1 / 4,
    });
  });

  it('is refused without instructions, or without registers', () => {
    expect(() => parseSass('', fragment('ptxas'))).toThrow('nvdisasm printed no instructions');
    expect(() => parseSass(fragment('sm_90'), '')).toThrow('ptxas does not say its registers');
  });
});

it.each([
  ['v_mul_lo_u32', 'mul32'],
  ['v_mul_hi_u32', 'mul32'],
  ['v_mad_u64_u32', 'wide'],
  ['v_mad_u32_u16', 'mul16'],
  ['v_mul_u32_u24', 'mul16'],
  ['v_sqrt_f32', 'transcendental'],
  ['v_cvt_f32_i32', 'convert'],
  ['v_fma_f32', 'half'],
  ['v_cndmask_b32', 'half'],
  ['v_xor_b32', 'vector'],
  ['global_store_b128', 'memory'],
  ['ds_add_rtn_u32', 'memory'],
  ['s_and_b32', 'scalar'],
])("AMD's %s is %s", (op, expected) => {
  expect(amdClass(op)).toBe(expected);
});

it.each([
  ['IMAD', 'mad'],
  ['IMAD.WIDE.U32', 'wide'],
  ['IMAD.HI.U32', 'wide'],
  ['LOP3.LUT', 'alu'],
  ['SHF.R.U32.HI', 'alu'],
  ['MUFU.SIN', 'special'],
  ['FFMA', 'float'],
  ['STG.E.128', 'memory'],
  ['ATOMS.ADD', 'memory'],
  ['BAR.SYNC.DEFER_BLOCKING', 'control'],
  ['UIADD3', 'control'],
])("NVIDIA's %s is %s", (op, expected) => {
  expect(nvidiaClass(op)).toBe(expected);
});
