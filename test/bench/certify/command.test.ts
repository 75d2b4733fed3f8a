import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Below the checkout, since that is where the packages that draw the charts are looked for.
const out = fileURLToPath(new URL('../../../out/', import.meta.url));
let folder = '';
const configFile = fileURLToPath(new URL('../../../bench/certify/vite.config.ts', import.meta.url));

function certify(...words: string[]) {
  return spawnSync(process.execPath, [join(folder, 'main.js'), ...words], { encoding: 'utf8' });
}

beforeAll(async () => {
  mkdirSync(out, { recursive: true });
  folder = mkdtempSync(join(out, 'certify-test-'));
  await build({ configFile, logLevel: 'silent', build: { outDir: folder, emptyOutDir: true } });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run certify', () => {
  it('writes a report, and ends with what passed and failed', () => {
    const out = join(folder, 'report');
    const { status, stdout } = certify(
      '--count',
      '1e5',
      '--backend',
      'cpu',
      '--only',
      'names,sine',
      '--out',
      out,
    );
    // Ten checks on two tensors, and a broken generator that is caught.
    expect(stdout).toBe('11 passed, 0 failed\n');
    expect(status).toBe(0);
    const { setting, generators } = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
    expect(setting).toMatchObject({ backend: 'cpu', seed: '1', rows: 316, columns: 316 });
    expect(generators.map(({ name }: { name: string }) => name)).toEqual(['names', 'broken/sine-twice']);
    const html = readFileSync(join(out, 'index.html'), 'utf8');
    expect(html).toContain('11 passed, 0 failed');
    expect(html).toContain('<svg');
    expect(html).not.toMatch(/NaN|undefined|https?:/);
  });

  it.each([
    ['--count', '10'],
    ['--count', 'many'],
    ['--count', '1.5e0'],
    ['--only', 'nothing-of-this-name'],
    ['--seed', '-1'],
    ['--backend', 'abacus'],
    ['--fast'],
  ])('refuses %s %s with one line and 2', (...words) => {
    const { status, stderr, stdout } = certify(...words);
    expect(status).toBe(2);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
  });

  it('explains itself', () => {
    const { status, stdout } = certify('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('tensorseed sample bits');
  });
});
