import { spawnSync, type StdioOptions } from 'node:child_process';
import { beforeEach, describe, expect, it } from 'vitest';
import { CLI, QUIET_ENV, workspace } from '../tensorseed';

const work = workspace();
const CLOSED =
  'tensorseed: cannot write to stdout: it is closed; to discard the output, open /dev/null for writing\n';

/**
 * Runs `tensorseed ...` in a shell, whose stdin is no null device.
 * @param before commands of the shell
 */
function shell(line: string, before = ''): [code: number | null, stderr: string] {
  const command = `${before} exec "${process.execPath}" "${CLI}" ${line}`;
  const { status, stderr } = spawnSync('bash', ['-c', command], {
    cwd: work.folder,
    env: QUIET_ENV,
    encoding: 'utf8',
    input: '',
    timeout: 30_000,
  });
  return [status, stderr];
}

beforeEach(() => {
  const words = ['ones', '--shape', '3', '--backend', 'cpu', '--out', 'm.safetensors'];
  expect(work.run('sample', ...words).code).toBe(0);
});

describe('a stdout that was closed beforehand', () => {
  it.each(['inspect m.safetensors', 'inspect m.safetensors --json', '--version', '--help', 'init --help'])(
    'is an error to %s',
    (words) => {
      expect(shell(`${words} >&-`)).toEqual([1, CLOSED]);
      expect(shell(`${words} >&- </dev/null`)).toEqual([1, CLOSED]);
      expect(shell(`${words} >&- 2>&-`)).toEqual([1, '']);
    },
  );

  it('is an error to devices, whatever drivers say', () => {
    for (const words of ['devices', 'devices --json'])
      expect(shell(`${words} >&-`)).toEqual([1, expect.stringContaining(CLOSED)]);
  });

  it('is an error to init --verify, whose file is there', () => {
    work.write('m.json', '{"tensors": [{"name": "a", "shape": [3], "initializer": "ones"}]}');
    const words = 'init m.json --seed 1 --backend cpu --verify --out v.safetensors';
    expect(shell(`${words} >&-`)).toEqual([1, expect.stringContaining(CLOSED)]);
    expect(work.run('inspect', 'v.safetensors').code).toBe(0);
  });

  it('is an error to sample before it computes', () => {
    const words = 'sample random_normal --shape 1000000000000 --seed 1 --backend cpu --out -';
    expect(shell(`${words} >&-`)).toEqual([1, CLOSED]);
  });

  it('is nothing to a run that writes no results to it', () => {
    expect(shell('sample ones --shape 3 --backend cpu --out n.bin >&-')[0]).toBe(0);
  });
});

describe('output that is not wanted is no error', () => {
  it.each(['>/dev/null', '</dev/null >/dev/null', '</dev/null >/dev/null 2>&1', '>/dev/null 2>&-'])(
    'with %s',
    (redirection) => {
      expect(shell(`inspect m.safetensors ${redirection}`)).toEqual([0, '']);
    },
  );

  it.each<[string, StdioOptions]>([
    ['all streams', 'ignore'],
    ['stdout and stderr', ['ignore', 'ignore', 'ignore']],
  ])('where a parent ignores %s', (_, stdio) => {
    const { status } = spawnSync(process.execPath, [CLI, 'inspect', 'm.safetensors'], {
      cwd: work.folder,
      stdio,
    });
    expect(status).toBe(0);
  });
});

describe('a stdout that is full', () => {
  it('is an error', () => {
    expect(shell('inspect m.safetensors >/dev/full')).toEqual([
      1,
      'tensorseed: cannot write to stdout: no space left on device\n',
    ]);
  });

  it('is an error, also where it takes a part of the last bytes', () => {
    // 100 kB fit, and 120,000 bytes are written at once.
    const words = 'sample ones --shape 30000 --backend cpu --out -';
    expect(shell(`${words} >part.bin`, 'ulimit -f 100;')).toEqual([
      1,
      expect.stringMatching(/^backend: [^\n]*\ntensorseed: cannot write to stdout: file too large\n$/),
    ]);
    expect(work.read('part.bin')).toHaveLength(100 * 1024);
  });
});
