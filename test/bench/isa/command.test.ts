import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCompiler } from '../../../bench/isa/host';
import { WITHOUT_COMPILER } from '../../../bench/isa/compare';
import { missingForRadv } from '../../../tools/radv/driver.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const out = join(root, 'out');
const configFile = join(root, 'bench', 'throughput', 'vite.config.ts');
const missing = missingForRadv();
const compiler = findCompiler();
let folder = '';

function isa(...words: string[]) {
  return isaIn({}, ...words);
}

function isaIn(env: NodeJS.ProcessEnv, ...words: string[]) {
  return spawnSync(process.execPath, [join(folder, 'main.js'), '--isa', ...words], {
    encoding: 'utf8',
    cwd: root,
    env: { ...process.env, CUDA_HOME: '', ...env },
  });
}

beforeAll(async () => {
  mkdirSync(out, { recursive: true });
  folder = mkdtempSync(join(out, 'isa-test-'));
  await build({ configFile, logLevel: 'silent', build: { outDir: folder, emptyOutDir: true } });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run bench -- --isa', { timeout: 300_000 }, () => {
  it.each([
    [
      ['--card', 'gtx'],
      '--card must be of vega10, navi21, navi31, renoir, gfx1150, gfx1201, sm_80, sm_89, sm_90, got "gtx"',
    ],
    [['--only', 'norma'], '--only leaves no case, got "norma"; the cases: constant/float32, '],
    [['--cuda', '/nowhere', '--card', 'sm_90', '--only', 'bits'], '--cuda must be a folder with cicc'],
    [['--blocks', '0'], '--blocks must be an integer in [1, 2^20], got "0"'],
    [['--compare', '-x'], '--compare must be a folder with kernels/, or a commit, got "-x"'],
  ])('%j is refused', (words, message) => {
    const { status, stderr } = isa(...words);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });

  it('has a help', () => {
    const { status, stdout } = isa('--help');
    expect(stdout).toContain('npm run bench -- --isa [options]');
    expect(status).toBe(0);
  });

  it('says what is missing, and which packages have it', () => {
    const { status, stderr } = isaIn({ PATH: '' }, '--only', 'bits/uint32', '--card', 'navi31');
    expect(stderr).toMatch(/^bench: AMD's cards are left out: .*gcc.*/m);
    expect(status).toBe(1);
  });

  it.skipIf(missing !== undefined)(
    `reads the cost of bits on a card of AMD${missing === undefined ? '' : ` (skipped: ${missing})`}`,
    () => {
      const { status, stdout, stderr } = isa('--only', 'bits/uint32', '--card', 'navi31', '--json');
      expect(stderr).toBe('bench: compiling 2 kernels for 1 card\n');
      expect(status).toBe(0);
      const [bits, realigned] = JSON.parse(stdout);
      expect(bits).toMatchObject({ name: 'bits/uint32', card: 'navi31', spills: 0 });
      // Philox has 20 products of 32 times 32 bits for four elements, each of several halves.
      expect(bits.instructions.mul16).toBeGreaterThan((2 * 20) / 4);
      expect(bits.cycles).toBeGreaterThan(30);
      expect(bits.cycles).toBeLessThan(120);
      // An element that lies within a block takes two blocks.
      expect(realigned.name).toBe('bits/uint32/realign');
      expect(realigned.cycles / bits.cycles).toBeGreaterThan(1.8);
      expect(realigned.cycles / bits.cycles).toBeLessThan(2.2);
    },
  );

  it.skipIf(missing !== undefined)(
    `reads the cost of kernels with a queue for rejected elements${missing === undefined ? '' : ` (skipped: ${missing})`}`,
    () => {
      const words = ['--only', 'normal_half,truncated_normal_native/float32', '--card', 'navi31', '--json'];
      const { status, stdout } = isa(...words);
      expect(status).toBe(0);
      const costs = JSON.parse(stdout) as { name: string; cycles: number }[];
      const cyclesOf = (name: string) => costs.find((one) => one.name === name)!.cycles;
      // Of the dtypes float16 has the most undecided elements.
      expect(cyclesOf('normal_half/float16')).toBeGreaterThan(1.1 * cyclesOf('normal_half/bfloat16'));
      expect(cyclesOf('truncated_normal_native/float32')).toBeGreaterThan(60);
    },
  );

  it.skipIf(compiler === undefined)(
    `compares values${compiler === undefined ? ` (skipped: ${WITHOUT_COMPILER})` : ''}`,
    () => {
      const other = join(folder, 'other');
      cpSync(join(root, 'shaders'), other, { recursive: true });
      const path = join(other, 'kernels', 'bits.wgsl');
      writeFileSync(path, readFileSync(path, 'utf8').replace('counter, 0u)', 'counter, 1u)'));
      const words = ['--only', 'bits/uint32,bernoulli/uint8', '--blocks', '100', '--compare', other];
      const { status, stdout } = isa(...words);
      expect(stdout).toMatch(
        /^bits\/uint32: DIFFERENT at counter 0, lane 0 of Bits \{\}: 0x[\da-f]{8} here, 0x[\da-f]{8} there$/m,
      );
      expect(stdout).toContain('bernoulli/uint8: the same text\n');
      expect(status).toBe(1);
      expect(isa('--only', 'bernoulli/uint8', '--compare', other).status).toBe(0);
    },
  );
});
