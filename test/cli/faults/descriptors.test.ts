import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MIXED } from '../models';
import { CLI, QUIET_ENV, workspace } from '../tensorseed';

const work = workspace();
const INIT = ['init', 'm.json', '--seed', '7', '--backend', 'cpu', '--out'];

/** Runs with at most so many open files. With fewer than some 20, Node itself does not begin. */
function limited(files: number, words: readonly string[]): { code: number | null; stderr: string } {
  const line = [process.execPath, CLI, ...words].map((word) => `'${word}'`).join(' ');
  const { status, stderr } = spawnSync('bash', ['-c', `ulimit -n ${files}; exec ${line}`], {
    cwd: work.folder,
    env: QUIET_ENV,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { code: status, stderr };
}

describe('a process that may open few files writes the right file or none', () => {
  it.each([
    ['init', []],
    ['init --verify', ['--verify']],
  ])('%s', (_, words) => {
    work.write('m.json', MIXED);
    expect(work.run(...INIT, 'w.safetensors').code).toBe(0);
    const want = work.read('w.safetensors');
    const codes = [20, 24, 26, 28, 30, 34, 100].map((files) => {
      rmSync(join(work.folder, 'm.safetensors'), { force: true });
      const { code, stderr } = limited(files, [...INIT, 'm.safetensors', ...words]);
      expect(existsSync(join(work.folder, 'm.safetensors'))).toBe(code === 0);
      if (code === 0) expect(work.read('m.safetensors').equals(want)).toBe(true);
      else {
        expect(code, stderr).toBe(1);
        expect(stderr.split('\n').filter((line) => line.startsWith('tensorseed: '))).toHaveLength(1);
        expect(stderr).not.toMatch(/^ +at /m);
      }
      expect(work.files().filter((file) => file.startsWith('.'))).toEqual([]);
      return code;
    });
    expect(codes.at(-1)).toBe(0);
    expect(codes).toContain(1);
  });
});
