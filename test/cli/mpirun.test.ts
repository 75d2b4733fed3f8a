import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { findMpirun } from '../../tools/find.mjs';
import { driversRequired } from '../harness/target';
import { dataOf, MIXED, SLIM_GPT2 } from './models';
import { CLI, QUIET_ENV, workspace } from './tensorseed';

const { path, reason } = findMpirun();
const work = workspace();
const shard = (k: number): string => `m-0000${k}-of-00004.safetensors`;

/** The command on four processes, as Open MPI starts it. */
function mpirun(...words: string[]): { code: number | null; stderr: string } {
  const asRoot = process.getuid?.() === 0 ? ['--allow-run-as-root'] : [];
  const line = ['-n', '4', '--oversubscribe', ...asRoot, process.execPath, CLI, ...words];
  const { status, stderr } = spawnSync(path!, line, { cwd: work.folder, env: QUIET_ENV, encoding: 'utf8' });
  return { code: status, stderr };
}

describe.skipIf(path === undefined)(path === undefined ? `mpirun [skipped: ${reason}]` : 'mpirun', () => {
  it.each([
    ['a model of mixed types', MIXED],
    ["GPT-2's layout", SLIM_GPT2],
  ])('writes %s in four shards, and finds them again', (_, json) => {
    work.write('m.json', json);
    const words = ['init', 'm.json', '--seed', '7', '--backend', 'cpu', '--out', 'm.safetensors'];
    const first = mpirun(...words, '--shard', 'auto');
    expect(first.code, first.stderr).toBe(0);
    for (let rank = 0; rank < 4; rank++) {
      expect(first.stderr).toContain(
        `shard: ${rank + 1}/4, from Open MPI: OMPI_COMM_WORLD_RANK=${rank}, OMPI_COMM_WORLD_SIZE=4`,
      );
    }
    const shards = [1, 2, 3, 4].map(shard);
    expect(work.files()).toEqual([...shards, 'm.json', 'm.safetensors.index.json']);
    expect(work.run(...words).code).toBe(0);
    const joined = Buffer.concat(shards.map((file) => dataOf(work.read(file))));
    expect(joined.equals(dataOf(work.read('m.safetensors')))).toBe(true);
    const again = mpirun(...words, '--shard', 'auto');
    expect(again.code, again.stderr).toBe(0);
    for (const file of shards) expect(again.stderr).toContain(`${file}: verified and kept`);
  });

  it('says what is wrong, and ends', () => {
    work.write('m.json', MIXED);
    const { code, stderr } = mpirun(
      'init',
      'm.json',
      '--seed',
      '7',
      '--backend',
      'cpu',
      '--out',
      'm.safetensors',
      '--shard',
      'auto/3',
    );
    expect(code).toBe(2);
    expect(stderr).toContain('tensorseed: --shard auto: 3 shards are asked for, but there are 4 processes');
    expect(work.files()).toEqual(['m.json']);
  });
});

if (path === undefined && driversRequired()) {
  it('mpirun is required here', () => {
    throw new Error(`mpirun cannot run: ${reason}`);
  });
}
