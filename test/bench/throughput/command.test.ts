import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Below the checkout, since that is where the packages of the peers are looked for.
const out = fileURLToPath(new URL('../../../out/', import.meta.url));
const configFile = fileURLToPath(new URL('../../../bench/throughput/vite.config.ts', import.meta.url));
let folder = '';

function bench(...words: string[]) {
  return spawnSync(process.execPath, [join(folder, 'main.js'), ...words], { encoding: 'utf8', cwd: folder });
}

beforeAll(async () => {
  mkdirSync(out, { recursive: true });
  folder = mkdtempSync(join(out, 'bench-test-'));
  await build({ configFile, logLevel: 'silent', build: { outDir: folder, emptyOutDir: true } });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Several processes and devices start in turn, on a machine that may be busy.
describe('npm run bench', { timeout: 300_000 }, () => {
  it('writes a report of a small run, on whatever Node has here', () => {
    const { status, stdout, stderr } = bench(
      '--quick',
      '--only',
      'bits',
      '--size',
      'small',
      '--host',
      'dawn,cpu',
      '--json',
      'copy.json',
      '--out',
      'report',
    );
    expect(stderr).toContain('report: report/index.html');
    expect(status).toBe(0);
    expect(stdout).toContain('bits/uint32/small');
    const results = JSON.parse(readFileSync(join(folder, 'copy.json'), 'utf8'));
    expect(JSON.parse(readFileSync(join(folder, 'report', 'results.json'), 'utf8'))).toEqual(results);
    expect(results.conditions).toMatchObject({
      quick: true,
      commit: expect.stringMatching(/./),
      dirty: expect.any(Boolean),
      cores: expect.any(Number),
    });
    expect(results.hosts.length).toBeGreaterThan(0);
    const cpu = results.rows.filter(({ maker }: { maker: string }) => maker === 'cpu reference');
    expect(cpu).toHaveLength(results.hosts.length);
    for (const row of cpu) {
      expect(row).toMatchObject({
        status: 'measured',
        elements: 65536,
        draw: 'bits',
        dtype: 'uint32',
        verified: '65,536 of 65,536 elements equal to the CPU reference',
      });
    }
    for (const row of results.rows) {
      expect(Object.keys(row)).toEqual(
        expect.arrayContaining([
          'host',
          'runtime',
          'adapter',
          'driver',
          'software',
          'commit',
          'dirty',
          'case',
          'size',
          'shape',
          'elements',
          'maker',
          'role',
          'draw',
          'dtype',
          'label',
          'status',
          'reason',
          'verified',
          'timed',
          'runs',
          'wall',
          'gpu',
          'readBack',
          'elementsPerSecond',
          'shareOfFill',
          'shareOfBits',
          'relative',
          'stoppedAfter',
        ]),
      );
    }
    const html = readFileSync(join(folder, 'report', 'index.html'), 'utf8');
    expect(html).toContain('<svg');
    expect(html).not.toMatch(/<script|NaN|undefined|https?:/);
    expect(readdirSync(join(folder, 'report')).sort()).toEqual(['index.html', 'results.json']);
  });

  it('prints JSON alone where no file is named', () => {
    const { status, stdout } = bench(
      '--quick',
      '--only',
      'uniform/float32',
      '--size',
      'small',
      '--host',
      'cpu',
      '--json',
      '--out',
      'report2',
    );
    expect(status).toBe(0);
    const { rows, hosts } = JSON.parse(stdout);
    expect(hosts).toMatchObject([{ host: 'cpu', adapter: null }]);
    const statuses = Object.fromEntries(
      rows.map(({ maker, status }: { maker: string; status: string }) => [maker, status]),
    );
    expect(statuses).toMatchObject({
      gpu: 'left out',
      'cpu reference': 'measured',
      'Math.random': 'measured',
      tfjs: 'left out',
    });
  });

  it.each([
    [['--fast'], '--fast'],
    [['--only', 'weibull'], 'weibull'],
    [['--size', '3'], '--size'],
    [['--host', 'mainframe'], 'mainframe'],
    [['--json', '/'], '/'],
  ])('refuses %j with one line and 2', (words, reason) => {
    const { status, stderr, stdout } = bench('--out', 'report3', ...words);
    expect([status, stdout]).toEqual([2, '']);
    const last = stderr.trim().split('\n').at(-1);
    expect(last).toContain(reason);
  });

  it('explains itself', () => {
    const { status, stdout } = bench('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('tensorseed bench [options]');
  });
});
