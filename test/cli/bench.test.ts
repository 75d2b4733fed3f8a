import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { BUILT, workspace } from './tensorseed';

const work = workspace();

it('tensorseed bench loads the benchmark, and says so where it is missing', () => {
  expect(work.run('bench', '--help').stdout.toString()).toContain('tensorseed bench [options]');
  const wrong = work.run('bench', '--fast');
  expect([wrong.code, wrong.stdout.length]).toEqual([2, 0]);
  expect(wrong.stderr).toMatch(/\nbench: bench has no option --fast; its options: .*\n$/);
  const installed = join(work.folder, 'dist');
  cpSync(dirname(BUILT), installed, {
    recursive: true,
    filter: (path) => !/[\\/](types|shaders)$/.test(path),
  });
  const { status, stderr } = spawnSync(process.execPath, [join(installed, 'cli.js'), 'bench', '--quick'], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([
    1,
    'tensorseed: bench is not part of this installation; run it from a checkout\n',
  ]);
});
