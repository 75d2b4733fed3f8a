import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLI, QUIET_ENV, workspace } from '../tensorseed';
import { said } from './under_way';

const work = workspace();
const CPU = ['--seed', '1', '--backend', 'cpu'];
const model = (elements: number): string =>
  JSON.stringify({ tensors: [{ name: 'a', shape: [elements], initializer: 'random_normal' }] });

/** One line on stderr, exit code 1 and no trace. */
function fails({ code, stderr }: { code: number | null; stderr: string }, before: string[]): string {
  expect(code).toBe(1);
  expect(work.files()).toEqual(before);
  const lines = said({ stderr });
  expect(lines).toHaveLength(1);
  return lines[0];
}

describe('a disk without room is an error before the first byte', () => {
  const HUGE = 2 ** 45;
  it.each<[string, string[]]>([
    ['init', ['init', 'm.json', ...CPU, '--out', 'm.safetensors']],
    ['init --shard', ['init', 'm.json', ...CPU, '--shard', '1/1', '--out', 'm.safetensors']],
    ['sample', ['sample', 'random_normal', '--shape', `${HUGE}`, ...CPU, '--out', 'new/m.npy']],
  ])('to %s', (_, words) => {
    work.write('m.json', model(HUGE));
    const { status, stderr } = spawnSync(process.execPath, [CLI, ...words], {
      cwd: work.folder,
      env: QUIET_ENV,
      encoding: 'utf8',
      timeout: 20_000,
      killSignal: 'SIGKILL',
    });
    const ended = { code: status, stderr };
    expect(ended.stderr).not.toContain('backend: ');
    expect(fails(ended, ['m.json'])).toMatch(
      /^tensorseed: cannot write [\w/.-]+: it needs 140,737,488,355,\d{3} bytes, and [\d,]+ are free on the disk$/,
    );
  });

  it('to join', () => {
    const { bsize, bavail } = statfsSync(work.folder);
    const bytes = 4 * Math.ceil(bsize * bavail * 0.3);
    const header = Buffer.from(
      JSON.stringify({ a: { dtype: 'F32', shape: [bytes / 4], data_offsets: [0, bytes] } }).padEnd(96),
    );
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(96n);
    const shard = openSync(join(work.folder, 's.safetensors'), 'wx');
    writeSync(shard, Buffer.concat([length, header]));
    ftruncateSync(shard, 104 + bytes); // a hole, which takes no room
    closeSync(shard);
    work.write('i.json', '{"weight_map": {"a": "s.safetensors"}}');
    expect(fails(work.run('join', 'i.json', '--out', 'm.safetensors'), ['i.json', 's.safetensors'])).toMatch(
      /^tensorseed: cannot write m\.safetensors: it needs [\d,]+ bytes, and [\d,]+ are free on the disk$/,
    );
  });
});

describe('a disk that fills up while a run writes', () => {
  /** Files end at 100 kB. */
  const limited = (...words: string[]): { code: number | null; stderr: string } => {
    const line = [process.execPath, CLI, ...words].map((word) => `'${word}'`).join(' ');
    const { status, stderr } = spawnSync('bash', ['-c', `ulimit -f 100; exec ${line}`], {
      cwd: work.folder,
      env: QUIET_ENV,
      encoding: 'utf8',
    });
    return { code: status, stderr };
  };
  const FULL = 'tensorseed: cannot write m.safetensors: file too large';

  it('is an error to init, which leaves nothing and replaces nothing', () => {
    work.write('m.json', model(100_000));
    expect(fails(limited('init', 'm.json', ...CPU, '--out', 'm.safetensors'), ['m.json'])).toBe(FULL);
    work.write('m.safetensors', 'mine');
    const forced = limited('init', 'm.json', ...CPU, '--out', 'm.safetensors', '--force');
    expect(fails(forced, ['m.json', 'm.safetensors'])).toBe(FULL);
    expect(work.read('m.safetensors').toString()).toBe('mine');
  });

  it('is an error to sample and to join', () => {
    const words = ['sample', 'ones', '--shape', '100000', '--backend', 'cpu', '--out'];
    expect(fails(limited(...words, 'm.safetensors'), [])).toBe(FULL);
    expect(work.run(...words, 's.safetensors').code).toBe(0);
    work.write('i.json', '{"weight_map": {"tensor": "s.safetensors"}}');
    expect(fails(limited('join', 'i.json', '--out', 'm.safetensors'), ['i.json', 's.safetensors'])).toBe(
      FULL,
    );
  });
});
