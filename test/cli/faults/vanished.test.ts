import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workspace } from '../tensorseed';
import { LONG, said, whileUnderWay } from './under_way';

const work = workspace();
const OUT = ['--seed', '7', '--backend', 'cpu', '--out', 'out/m.safetensors'];
const RUNS: [string, string[]][] = [
  ['init', ['init', 'm.json', ...OUT]],
  ['init --force', ['init', 'm.json', ...OUT, '--force']],
  ['sample', ['sample', 'truncated_normal', '--shape', '30000000', ...OUT]],
];
const GONE =
  'tensorseed: cannot write out/m.safetensors: its folder or temporary file was removed while this ran';

/** Removes something while a run is under way that writes into the folder `out`. */
async function without(
  words: string[],
  remove: (temporary: string) => string,
): Promise<[number | null, string[]]> {
  work.write('m.json', LONG);
  mkdirSync(join(work.folder, 'out'));
  const ended = await whileUnderWay(
    work.folder,
    words,
    (temporary) => rmSync(join(work.folder, remove(temporary)), { recursive: true }),
    { below: 'out' },
  );
  return [ended.code, said(ended)];
}

describe('what vanishes while a run is under way is a fault of running', () => {
  it.each(RUNS)('the folder, of %s', async (_, words) => {
    expect(await without(words, () => 'out')).toEqual([1, [GONE]]);
    expect(work.files()).toEqual(['m.json']);
  });

  it.each(RUNS)('the temporary file, of %s', async (_, words) => {
    expect(await without(words, (temporary) => join('out', temporary))).toEqual([1, [GONE]]);
  });

  it('the temporary file, before init --verify reads it', async () => {
    const words = ['init', 'm.json', ...OUT, '--verify'];
    expect(await without(words, (temporary) => join('out', temporary))).toEqual([
      1,
      ['tensorseed: cannot read the temporary file of out/m.safetensors: no such file or directory'],
    ]);
  });
});
