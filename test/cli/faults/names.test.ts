import { readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MIXED } from '../models';
import { workspace } from '../tensorseed';
import { LONG, said, start, whileUnderWay } from './under_way';

const work = workspace();
const init = (seed: number, ...words: string[]): string[] => [
  'init',
  'm.json',
  `--seed=${seed}`,
  '--backend=cpu',
  '--out=m.safetensors',
  ...words,
];
const CAME =
  'tensorseed: cannot write m.safetensors: it has come into being while this ran, and stays as it is; ' +
  'the same command again compares it, --force overwrites it';

describe('a name that comes into being while a run is under way', () => {
  it('stays with init', async () => {
    work.write('m.json', LONG);
    const ended = await whileUnderWay(work.folder, init(1), () => work.write('m.safetensors', 'mine'));
    expect([ended.code, said(ended)]).toEqual([1, [CAME]]);
    expect(work.read('m.safetensors').toString()).toBe('mine');
    expect(work.files()).toEqual(['m.json', 'm.safetensors']);
  });

  it('stays with join', async () => {
    work.write('m.json', LONG);
    expect(work.run(...init(1, '--shard', '1/1')).code).toBe(0);
    const words = ['join', 'm.safetensors.index.json', '--out', 'm.safetensors'];
    const ended = await whileUnderWay(work.folder, words, () => work.write('m.safetensors', 'mine'));
    expect([ended.code, said(ended)]).toEqual([1, [CAME]]);
    expect(work.read('m.safetensors').toString()).toBe('mine');
  });

  it('stays where it is a link to nothing', async () => {
    work.write('m.json', LONG);
    const link = join(work.folder, 'm.safetensors');
    const ended = await whileUnderWay(work.folder, init(1), () => symlinkSync('nowhere', link));
    expect([ended.code, said(ended)]).toEqual([1, [CAME]]);
    expect(readlinkSync(link)).toBe('nowhere');
    expect(work.files()).toEqual(['m.json', 'm.safetensors']);
  });

  it('is no fault where it is the same file', async () => {
    work.write('m.json', LONG);
    expect(work.run(...init(1)).code).toBe(0);
    const same = work.read('m.safetensors');
    rmSync(join(work.folder, 'm.safetensors'));
    const ended = await whileUnderWay(work.folder, init(1), () => work.write('m.safetensors', same));
    expect([ended.code, said(ended)[0]]).toEqual([
      0,
      'm.safetensors: came into being meanwhile with the same bytes, and is kept',
    ]);
    expect(work.files()).toEqual(['m.json', 'm.safetensors']);
  });

  it('is replaced with --force', async () => {
    work.write('m.json', LONG);
    const ended = await whileUnderWay(work.folder, init(1, '--force'), () =>
      work.write('m.safetensors', 'mine'),
    );
    expect(ended.code).toBe(0);
    expect(work.run(...init(1)).stderr).toContain('m.safetensors: verified and kept');
  });

  it('goes to one of two runs with different seeds', async () => {
    work.write('m.json', LONG);
    const ended = await Promise.all([1, 2].map((seed) => start(work.folder, init(seed)).ending));
    expect(ended.map(({ code }) => code).toSorted()).toEqual([0, 1]);
    const winner = ended.findIndex(({ code }) => code === 0);
    expect(said(ended[1 - winner])).toEqual([CAME]);
    expect(work.run(...init(1 + winner)).stderr).toContain('m.safetensors: verified and kept');
    expect(work.files()).toEqual(['m.json', 'm.safetensors']);
  });

  it('stays where it is the index of other shards', async () => {
    work.write('m.json', LONG);
    const index = 'm.safetensors.index.json';
    const ended = await whileUnderWay(work.folder, init(1, '--shard', '1/2'), () => work.write(index, '{}'));
    expect(ended.code).toBe(1);
    expect(said(ended).at(-1)).toContain(`${index} exists and is not what this would write`);
    expect(work.read(index).toString()).toBe('{}');
  });
});

describe('a link that leads to no file', () => {
  it.each<[string, string[]]>([
    ['init', init(1)],
    ['join', ['join', 'i.json', '--out', 'm.safetensors']],
  ])('is not replaced by %s without --force', (_, words) => {
    work.write('m.json', MIXED);
    work.write('i.json', '{"weight_map": {"dense/kernel": "s.safetensors"}}');
    expect(
      work.run('sample', 'ones', '--shape', '3', '--name', 'dense/kernel', '--out', 's.safetensors').code,
    ).toBe(0);
    const link = join(work.folder, 'm.safetensors');
    symlinkSync('nowhere/m.safetensors', link);
    const before = work.files();
    const { code, stderr } = work.run(...words);
    expect([code, stderr]).toEqual([
      1,
      'tensorseed: m.safetensors exists and is not what this would write: it is a link that leads to no file; ' +
        '--force overwrites it\n',
    ]);
    expect(readlinkSync(link)).toBe('nowhere/m.safetensors');
    expect(work.files()).toEqual(before);
    expect(work.run(...words, '--force').code).toBe(0);
    expect(work.read('m.safetensors').length).toBeGreaterThan(8);
  });
});

it('a name that is too long is refused before anything is computed', () => {
  writeFileSync(join(work.folder, 'm.json'), LONG);
  const out = `${'m'.repeat(250)}.safetensors`;
  const { code, stderr } = work.run('init', 'm.json', '--seed', '1', '--backend', 'cpu', '--out', out);
  expect([code, stderr]).toEqual([2, `tensorseed: cannot write ${out}: name too long\n`]);
  expect(work.files()).toEqual(['m.json']);
});
