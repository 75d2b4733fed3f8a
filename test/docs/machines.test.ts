import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MACHINE_CASES } from '../../src/verify/machine/cases';
import { readReport } from '../../src/verify/machine/read_report';
import { root } from './programs';

const FILES = readdirSync(join(root, 'docs', 'machines'));

function run(folder: string, ...words: string[]): { status: number | null; stderr: string } {
  return spawnSync(process.execPath, [join(folder, 'docs', 'machines.mjs'), ...words], { encoding: 'utf8' });
}

describe('the table of machines', () => {
  it('is of the results in docs/machines', () => {
    expect(run(root, '--check')).toMatchObject({ status: 0, stderr: '' });
  });

  describe('in a copy', () => {
    let copy = '';
    const first = (): string => join(copy, 'docs', 'machines', FILES[0]);
    const edit = (file: string, change: (text: string) => string): void =>
      writeFileSync(file, change(readFileSync(file, 'utf8')));
    beforeEach(() => {
      copy = mkdtempSync(join(tmpdir(), 'tensorseed-machines-'));
      for (const path of [
        'docs/machines',
        'docs/machines.mjs',
        'docs/machines.md',
        'src/verify/checksums.json',
      ])
        cpSync(join(root, path), join(copy, path), { recursive: true });
    });
    afterEach(() => rmSync(copy, { recursive: true, force: true }));

    it('is stale after a result has come, and is then written anew', () => {
      cpSync(first(), join(copy, 'docs', 'machines', 'another.json'));
      const { status, stderr } = run(copy, '--check');
      expect(status).toBe(1);
      expect(stderr).toMatch(/^docs\/machines\.md is not of the results/);
      expect(run(copy).status).toBe(0);
      expect(run(copy, '--check').status).toBe(0);
      expect(readFileSync(join(copy, 'docs', 'machines.md'), 'utf8')).toContain('`another.json`');
    });

    it('says which machine computes wrong bits', () => {
      edit(first(), (text) => {
        const report = JSON.parse(text);
        Object.assign(report.results[0], { right: false, sha256: '0'.repeat(64) });
        report.right = false;
        return JSON.stringify(report);
      });
      expect(run(copy).status).toBe(0);
      expect(readFileSync(join(copy, 'docs', 'machines.md'), 'utf8')).toContain('**1 of 34 wrong**');
    });

    it.each<[string, (report: any) => void]>([
      ['calls a wrong checksum right', (report) => (report.results[0].sha256 = '0'.repeat(64))],
      ['leaves out a tensor', (report) => report.results.shift()],
      ['calls itself wrong', (report) => (report.right = false)],
      ['has another format', (report) => (report.format = 'tensorseed verify 2')],
    ])('refuses a result that %s', (_, change) => {
      edit(first(), (text) => {
        const report = JSON.parse(text);
        change(report);
        return JSON.stringify(report);
      });
      const { status, stderr } = run(copy);
      expect(status).toBe(1);
      expect(stderr).toContain(`docs/machines/${FILES[0]}`);
    });

    it('shows the words of a result as text', () => {
      edit(first(), (text) => JSON.stringify({ ...JSON.parse(text), note: 'a | <b>b</b> [c](d)' }));
      expect(run(copy).status).toBe(0);
      expect(readFileSync(join(copy, 'docs', 'machines.md'), 'utf8')).toContain(
        'a \\| \\<b\\>b\\</b\\> \\[c\\](d)',
      );
    });
  });
});

describe.each(FILES)('docs/machines/%s', (file) => {
  const text = readFileSync(join(root, 'docs', 'machines', file), 'utf8');

  it('is a whole report, as the gallery takes it', () => {
    const report = readReport(JSON.parse(text));
    expect(report).toEqual(JSON.parse(text));
    expect(report.results).toHaveLength(MACHINE_CASES.length);
  });

  it('names no path, user or host', () => {
    for (const name of [root, homedir(), hostname(), userInfo().username].filter((name) => name.length > 4))
      expect(text).not.toContain(name);
    expect(text).not.toMatch(/(^|["\s])(\/(home|root|tmp|work|usr|Users)\/|[A-Z]:\\)/);
  });
});
