import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { dataOf, MIXED, SLIM_GPT2 } from './models';
import { CLI, QUIET_ENV, workspace } from './tensorseed';

const work = workspace();
const CPU = ['--backend', 'cpu'];
const INIT = ['init', 'm.json', '--seed', '7', ...CPU, '--out', 'm.safetensors'];

const shard = (k: number, n: number): string =>
  `m-${String(k).padStart(5, '0')}-of-${String(n).padStart(5, '0')}.safetensors`;

/** All shards of a run of n, one after the other. */
function initShards(n: number, ...words: string[]): void {
  for (let k = 1; k <= n; k++) {
    const { code, stderr } = work.run(...INIT, '--shard', `${k}/${n}`, ...words);
    expect(code, stderr).toBe(0);
  }
}

const joined = (n: number): Buffer =>
  Buffer.concat(Array.from({ length: n }, (_, i) => dataOf(work.read(shard(i + 1, n)))));

/** One line on stderr and no trace. */
function refused(...words: string[]): [code: number | null, message: string] {
  const before = work.files();
  const { code, stdout, stderr } = work.run(...words);
  expect(stderr).toMatch(/^tensorseed: [^\n]+\n$/);
  expect(stdout).toHaveLength(0);
  expect(work.files()).toEqual(before);
  return [code, stderr.slice('tensorseed: '.length, -1)];
}

describe('init --shard', () => {
  it.each([1, 2, 3, 7, 9])('writes %d files that are together the single one', (n) => {
    work.write('m.json', MIXED);
    expect(work.run(...INIT).code).toBe(0);
    initShards(n);
    expect(joined(n).equals(dataOf(work.read('m.safetensors')))).toBe(true);
    const shards = Array.from({ length: n }, (_, i) => shard(i + 1, n));
    expect(work.files()).toEqual([...shards, 'm.json', 'm.safetensors', 'm.safetensors.index.json'].sort());
    const { metadata, weight_map } = JSON.parse(work.read('m.safetensors.index.json').toString());
    expect(metadata.total_size).toBe(joined(n).length);
    expect(Object.keys(weight_map).sort()).toEqual([
      'dense/bias',
      'dense/kernel',
      'half',
      'none',
      'q',
      'words',
    ]);
    for (const [tensor, file] of Object.entries<string>(weight_map))
      expect(work.read(file).toString('latin1')).toContain(`"${tensor}":{`);
    expect(work.run('join', 'm.safetensors.index.json', '--out', 'j.safetensors').code).toBe(0);
    expect(work.read('j.safetensors').equals(work.read('m.safetensors'))).toBe(true);
  });

  it('writes the same index, whichever shard is first', () => {
    work.write('m.json', SLIM_GPT2);
    expect(work.run(...INIT, '--shard', '3/3').code).toBe(0);
    const index = work.read('m.safetensors.index.json');
    initShards(3);
    expect(work.read('m.safetensors.index.json').toString()).toBe(index.toString());
    const sizes = [1, 2, 3].map((k) => dataOf(work.read(shard(k, 3))).length);
    // wte alone is most of the model, and no tensor is cut.
    expect(Math.max(...sizes)).toBe(4 * 50257 * 4);
  });

  it('takes k and n from the environment, and says so', () => {
    work.write('m.json', MIXED);
    const { code, stderr } = work.runIn({ RANK: '1', WORLD_SIZE: '3' }, ...INIT, '--shard', 'auto');
    expect([code, stderr.split('\n')[0]]).toEqual([
      0,
      'shard: 2/3, from torchrun: RANK=1, WORLD_SIZE=3 (--shard auto)',
    ]);
    expect(work.runIn({ JOB_COMPLETION_INDEX: '2' }, ...INIT, '--shard', 'auto/3').code).toBe(0);
    expect(work.files()).toEqual([shard(2, 3), shard(3, 3), 'm.json', 'm.safetensors.index.json']);
    const { code: bad, stderr: message } = work.runIn(
      { RANK: '3', WORLD_SIZE: '3' },
      ...INIT,
      '--shard',
      'auto',
    );
    expect([bad, message]).toEqual([
      2,
      'tensorseed: --shard auto: the rank must be less than the number of processes: RANK=3, WORLD_SIZE=3\n',
    ]);
    expect(work.run(...INIT, '--shard', 'auto').stderr).toContain('finds no launcher');
  });

  it('lets many begin at once in one folder', async () => {
    work.write('m.json', SLIM_GPT2);
    const codes = await Promise.all(
      Array.from({ length: 8 }, (_, i) => {
        // Each shard twice.
        const words = [...INIT, '--shard', `${1 + (i % 4)}/4`];
        const child = spawn(process.execPath, [CLI, ...words], {
          cwd: work.folder,
          env: QUIET_ENV,
          stdio: 'ignore',
        });
        return new Promise((resolve) => child.once('exit', resolve));
      }),
    );
    expect(codes).toEqual(Array(8).fill(0));
    expect(work.files()).toEqual(
      [1, 2, 3, 4].map((k) => shard(k, 4)).concat('m.json', 'm.safetensors.index.json'),
    );
    expect(work.run(...INIT).code).toBe(0);
    expect(joined(4).equals(dataOf(work.read('m.safetensors')))).toBe(true);
  });

  it('goes on where a run was cut off', () => {
    work.write('m.json', MIXED);
    initShards(3);
    const second = work.read(shard(2, 3));
    work.run('sample', 'zeros', '--shape', '1', ...CPU, '--out', shard(2, 3));
    // As a killed process leaves it: no shard, and no trace of it under its name.
    expect(refused(...INIT, '--shard', '2/3')[0]).toBe(1);
    expect(work.run(...INIT, '--shard', '2/3', '--force').code).toBe(0);
    expect(work.read(shard(2, 3)).equals(second)).toBe(true);
    expect(work.run(...INIT, '--shard', '1/3').stderr).toContain(`${shard(1, 3)}: verified and kept`);
  });

  it('keeps the index of another division', () => {
    work.write('m.json', MIXED);
    initShards(2);
    expect(refused(...INIT, '--shard', '1/3')).toEqual([
      1,
      'm.safetensors.index.json exists and is not what this would write: it is of another model or another number of shards; --force overwrites it',
    ]);
    initShards(3, '--force');
    expect(work.read('m.safetensors.index.json').toString()).toContain('-of-00003');
  });
});

describe('join', () => {
  /** Two shards and their index, by name. */
  const shards = new Map<string, Buffer>();
  const JOIN = ['join', 'm.safetensors.index.json', '--out', 'j.safetensors'];
  const index = (change: (json: any) => void): void => {
    const json = JSON.parse(work.read('m.safetensors.index.json').toString());
    change(json);
    work.write('m.safetensors.index.json', JSON.stringify(json));
  };

  it('keeps what is there if it is the same, and nothing else', () => {
    work.write('m.json', MIXED);
    initShards(2);
    for (const file of [shard(1, 2), shard(2, 2), 'm.safetensors.index.json'])
      shards.set(file, work.read(file));
    expect(work.run(...JOIN).stderr).toMatch(/^j\.safetensors: 6 tensors, [\d,]+ bytes from 2 shards\n$/);
    expect(work.run(...JOIN).stderr).toContain('j.safetensors: verified and kept');
    const content = work.read('j.safetensors');
    content[content.length - 1] ^= 1;
    work.write('j.safetensors', content);
    expect(refused(...JOIN)).toEqual([
      1,
      expect.stringContaining(`tensor "half" differs from that in ${shard(2, 2)}; --force overwrites it`),
    ]);
    expect(work.run(...JOIN, '--force').code).toBe(0);
    expect(work.run(...INIT).code).toBe(0);
    expect(work.read('j.safetensors').equals(work.read('m.safetensors'))).toBe(true);
  });

  it.each<[string, () => void, number, string]>([
    [
      'a shard that is missing',
      () => index((json) => (json.weight_map.q = shard(3, 3))),
      2,
      `cannot read ${shard(3, 3)}: no such file`,
    ],
    [
      'a tensor that is missing',
      () => index((json) => (json.weight_map.more = shard(1, 2))),
      2,
      'tensor "more" is not in m-00001-of-00002.safetensors',
    ],
    [
      'a tensor too many',
      () => index((json) => delete json.weight_map.q),
      2,
      'tensor "q" is in m-00002-of-00002.safetensors, where',
    ],
    [
      'another size',
      () => index((json) => (json.metadata.total_size = 5)),
      2,
      '"total_size" of m.safetensors.index.json is 5, but',
    ],
    [
      'a path out of the folder',
      () => index((json) => (json.weight_map.q = '../q.safetensors')),
      2,
      'must be in a .safetensors file beside it, got "../q.safetensors"',
    ],
    [
      'a shard that is cut off',
      () => work.write(shard(1, 2), work.read(shard(1, 2)).subarray(0, -1)),
      2,
      'but its tensors end at byte',
    ],
    ['a shard that is none', () => work.write(shard(1, 2), '{}'), 2, shard(1, 2)],
    ['no index', () => work.write('m.safetensors.index.json', '{"tensors":[]}'), 2, 'it has no "weight_map"'],
    ['no JSON', () => work.write('m.safetensors.index.json', '{'), 2, 'is no valid JSON'],
  ])('refuses %s', (_, damage, exitCode, message) => {
    for (const [file, content] of shards) work.write(file, content);
    damage();
    expect(refused(...JOIN)).toEqual([exitCode, expect.stringContaining(message)]);
  });
});
