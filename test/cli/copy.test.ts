import { linkSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CopySource } from '../../src/cli/init/copy_source';
import { firstDifference } from '../../src/cli/init/copies';
import { Sampler } from '../../src/index';
import { modelFile, parseModel } from '../../src/models';
import { ALL_SORTS, checkpointFile, KEEP_ALL, stored } from '../models/checkpoint_file';
import { apart, flipped } from './shard_files';
import { workspace } from './tensorseed';

const work = workspace();
const FILE = checkpointFile(ALL_SORTS);
const COMMON = ['--rules', 'rules.json', '--seed', '7', '--backend', 'cpu'];

function init(source: string, out: string, ...others: string[]): ReturnType<typeof work.run> {
  return work.run('init', source, ...COMMON, '--out', out, ...others);
}

function given(): void {
  work.write('old.safetensors', FILE);
  work.write('rules.json', JSON.stringify(KEEP_ALL));
}

/** The bytes of each tensor of a file. */
function bytesIn(file: string): Map<string, Buffer> {
  const { header, data } = apart(work.read(file));
  delete header.__metadata__;
  return new Map(
    Object.entries(header).map(([name, { data_offsets: at }]) => [name, data.subarray(at[0], at[1])]),
  );
}

describe('tensorseed init with copied tensors', () => {
  it('writes the file that modelFile streams, verifies it, and keeps it', async () => {
    given();
    const { code, stdout, stderr } = init('old.safetensors', 'new.safetensors', '--verify');
    expect([code, stderr.split('\n')[1]]).toEqual([0, '']);
    const parts: Buffer[] = [];
    const file = modelFile(FILE, { rules: KEEP_ALL, seed: 7 });
    parts.push(Buffer.from(file.header));
    for await (const { bytes } of file.chunks(await Sampler.create({ backend: 'cpu' })))
      parts.push(Buffer.from(bytes));
    expect(work.read('new.safetensors').equals(Buffer.concat(parts))).toBe(true);
    const got = bytesIn('new.safetensors');
    for (const [name, [, , bytes]] of Object.entries(ALL_SORTS))
      if (!name.startsWith('head')) expect(got.get(name), name).toEqual(Buffer.from(bytes));
    const table = stdout.toString();
    // In the order of the source.
    expect(
      table
        .split('\n')
        .slice(1, 4)
        .map((line) => line.split(' ')[0]),
    ).toEqual(['flags.mask', 'head.weight', 'steps']);
    expect(table).toMatch(/flags\.mask +\[5\] +BOOL +5 +0\.60000 .* copy +ok/);
    expect(table).toMatch(/eighths +\[3, 2\] +F8_E4M3 +6 +- +- +- +- +copy +ok/);
    expect(table).toMatch(/\ncopy +\d.*from old\.safetensors\n/);
    expect(table).toMatch(/12 copied tensors equal to old\.safetensors, bit for bit\n$/);
    expect(init('old.safetensors', 'new.safetensors').stderr).toContain('new.safetensors: verified and kept');

    const at = work.read('new.safetensors').indexOf(Buffer.from(ALL_SORTS.positions[2])) + 4 * 5;
    work.write('new.safetensors', flipped(work.read('new.safetensors'), at));
    for (const flags of [[], ['--verify']]) {
      const damaged = init('old.safetensors', 'new.safetensors', ...flags);
      expect(damaged.code).toBe(1);
      expect(damaged.stderr).toMatch(/tensor "positions" differs, first at element 5: 0x[0-9a-f]{8}, not 0x/);
    }
  });

  it('copies from the files of an index, in shards that join to the single file', () => {
    given();
    const { 'head.weight': head, positions, steps, packed, nan } = ALL_SORTS;
    work.write('old-1.safetensors', checkpointFile({ 'head.weight': head, steps, packed }));
    work.write('old-2.safetensors', checkpointFile({ positions, nan }));
    const files = { positions: 2, 'head.weight': 1, nan: 2, packed: 1, steps: 1 };
    const weight_map = Object.fromEntries(
      Object.entries(files).map(([name, i]) => [name, `old-${i}.safetensors`]),
    );
    work.write('old.safetensors.index.json', JSON.stringify({ weight_map }));
    const index = 'old.safetensors.index.json';
    expect(init(index, 'one.safetensors').code).toBe(0);
    for (const [name, [, , bytes]] of Object.entries({ positions, steps, packed, nan }))
      expect(bytesIn('one.safetensors').get(name), name).toEqual(Buffer.from(bytes));

    for (const part of ['1/2', '2/2']) expect(init(index, 'new.safetensors', '--shard', part).code).toBe(0);
    expect(work.run('join', 'new.safetensors.index.json', '--out', 'joined.safetensors').code).toBe(0);
    expect(work.read('joined.safetensors').equals(work.read('one.safetensors'))).toBe(true);
    expect(work.run('inspect', 'new.safetensors.index.json', '--verify').stdout.toString()).toContain(
      'verified: 2 headers and 5 tensors',
    );
    expect(init(index, 'new.safetensors', '--shard', '1/2').stderr).toContain('verified and kept');

    // A part of a checkpoint with other values is of another model.
    work.write('old-2.safetensors', checkpointFile({ positions: stored('F32', [33, 7], 99), nan }));
    expect(init(index, 'new.safetensors', '--shard', '1/2').stderr).toContain('it has the model checksum');
    expect(init(index, 'new.safetensors', '--shard', '1/2', '--force').code).toBe(0);
    const joined = work.run('join', 'new.safetensors.index.json', '--out', 'other.safetensors');
    expect([joined.code, joined.stderr]).toEqual([
      2,
      expect.stringContaining('do not belong together: model checksum'),
    ]);
  });

  it('refuses to write what it copies from, by whatever name, and a source that is cut off', () => {
    given();
    linkSync(join(work.folder, 'old.safetensors'), join(work.folder, 'link.safetensors'));
    for (const out of [
      'old.safetensors',
      'link.safetensors',
      '../' + work.folder.split('/').at(-1) + '/old.safetensors',
    ]) {
      const { code, stderr } = init('old.safetensors', out, '--force');
      expect([code, stderr]).toEqual([
        2,
        expect.stringContaining('from which tensors are copied: give another name'),
      ]);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
    expect(work.read('old.safetensors').equals(Buffer.from(FILE))).toBe(true);
    // Where nothing is copied, only the header counts.
    work.write(
      'rules.json',
      JSON.stringify([
        { pattern: 'head.*', initializer: 'zeros' },
        { pattern: '**', skip: true },
      ]),
    );
    expect(init('old.safetensors', 'link.safetensors', '--force').code).toBe(0);

    given();
    work.write('old.safetensors', FILE.subarray(0, FILE.length - 1));
    const { code, stderr } = init('old.safetensors', 'new.safetensors');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(`old.safetensors has ${FILE.length - 1} bytes, but its tensors end at byte`),
    ]);
    expect(work.files()).toEqual(['link.safetensors', 'old.safetensors', 'rules.json']);
  });
});

describe('CopySource', () => {
  const open = (): Promise<CopySource | undefined> => {
    work.write('old.safetensors', FILE);
    const { copies } = parseModel('old.safetensors', FILE, { rules: KEEP_ALL });
    return CopySource.open(join(work.folder, 'old.safetensors'), copies, []);
  };

  it('reads what is there, and finds that the file changes or goes away', async () => {
    const path = join(work.folder, 'old.safetensors');
    const source = (await open())!;
    expect(Buffer.from(await source.read(undefined, 3, 40))).toEqual(Buffer.from(FILE.slice(3, 40)));
    await source.checkUnchanged();
    const { atimeMs, mtimeMs } = statSync(path);
    utimesSync(path, atimeMs / 1000, mtimeMs / 1000 + 5);
    await expect(source.checkUnchanged()).rejects.toThrow('changed while tensors were copied from it');
    await source.close();
    // It is looked at again where it is opened again.
    await expect(source.read(undefined, 3, 40)).rejects.toThrow('changed while tensors were copied from it');
    await source.close();
  });

  it('is nothing where nothing is copied, and refuses a file that has become another one', async () => {
    expect(await CopySource.open('none.safetensors', [], [])).toBeUndefined();
    work.write('old.safetensors', checkpointFile({ ...ALL_SORTS, steps: stored('U64', [], 1) }));
    const { copies } = parseModel('old.safetensors', FILE, { rules: KEEP_ALL });
    await expect(CopySource.open(join(work.folder, 'old.safetensors'), copies, [])).rejects.toThrow(
      'changed',
    );
  });
});

describe('firstDifference', () => {
  it.each([
    ['F32', 6, 1, '0x00010000', '0x00000000'],
    ['BF16', 6, 3, '0x0001', '0x0000'],
    ['BOOL', 6, 6, '0x01', '0x00'],
    ['F4', 6, 12, '0x01', '0x00'],
  ] as const)('says which element of %s it is', (dtype, byte, element, got, want) => {
    const [one, other] = [new Uint8Array(8), new Uint8Array(8)];
    one[byte] = 1;
    expect(firstDifference(dtype, 10, one, other)).toEqual({ element: 10 + element, got, want });
    expect(firstDifference(dtype, 10, other, other)).toBeUndefined();
  });
});
