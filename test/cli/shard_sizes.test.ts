import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import vectors from '../vectors/transformers/shards.json' with { type: 'json' };
import { MIXED } from './models';
import { apart, flipped } from './shard_files';
import { workspace } from './tensorseed';

const work = workspace();
const INDEX = 'm.safetensors.index.json';
const INIT = ['init', 'm.json', '--seed', '7', '--backend', 'cpu', '--out', 'm.safetensors'];
const SIZED = [...INIT, '--max-shard-size', '500KB'];
/** MIXED has 960,000 bytes in dense/kernel, which is a file for itself, and 10,818 in all others. */
const SHARDS = [1, 2].map((k) => `m-0000${k}-of-00002.safetensors`);

function done(...words: string[]): { stdout: string; stderr: string } {
  const { code, stdout, stderr } = work.run(...words);
  expect(code, stderr).toBe(0);
  return { stdout: stdout.toString(), stderr };
}

/** One line on stderr behind that of the backend, nothing on stdout, and no file more or less. */
function refused(...words: string[]): [code: number | null, message: string] {
  const before = work.files();
  const { code, stdout, stderr } = work.run(...words);
  expect(stdout.toString()).toBe('');
  expect(work.files()).toEqual(before);
  const lines = stderr.split('\n').filter((line) => !/^backend: |verified and kept$/.test(line));
  expect(lines).toEqual([expect.stringMatching(/^tensorseed: /), '']);
  return [code, lines[0].slice('tensorseed: '.length)];
}

describe('init --max-shard-size', () => {
  it.each(vectors.saved)(
    'saves $sizes by $limit under the names of huggingface_hub',
    ({ sizes, limit, folder }) => {
      const tensors = sizes.map((size, i) => ({
        name: `t${String(i).padStart(3, '0')}`,
        shape: [size / 4],
        initializer: 'random_normal',
      }));
      work.write('m.json', JSON.stringify({ tensors }));
      const words = ['--backend', 'cpu', '--max-shard-size', String(limit), '--out', 'out/model.safetensors'];
      done('init', 'm.json', '--seed', '1', ...words);
      for (const [file, content] of Object.entries(folder)) {
        const bytes = work.read(`out/${file}`);
        if (!Array.isArray(content)) expect(JSON.parse(bytes.toString())).toEqual(content);
        else {
          const { __metadata__: metadata, ...header } = apart(bytes).header;
          expect(Object.keys(header).sort()).toEqual(content);
          expect(metadata.format).toBe('pt');
        }
      }
      expect(work.files()).toEqual(['m.json', 'out']);
    },
  );

  it('writes all files in one run, and the next one keeps them', () => {
    work.write('m.json', MIXED);
    const first = done(...SIZED).stderr;
    expect(work.files()).toEqual([...SHARDS, 'm.json', INDEX]);
    for (const file of SHARDS) expect(first).toContain(`${file}: written\n`);
    expect(first.match(/^backend: /gm)).toHaveLength(1);
    expect(first).toMatch(
      /\nm-00001-of-00002\.safetensors: 1 tensor, [^\n]*\nm-00002-of-00002\.safetensors: 5 tensors, [^\n]*\n +time [^\n]*\nset-up [^\n]*\ngenerate [^\n]*\nwrite [^\n]*\nflush [^\n]*\ntotal [^\n]*\n$/,
    );
    const { weight_map: map } = JSON.parse(work.read(INDEX).toString());
    expect(Object.keys(map).filter((name) => map[name] === SHARDS[0])).toEqual(['dense/kernel']);
    const times = SHARDS.map((file) => statSync(join(work.folder, file)).mtimeMs);
    const again = done(...SIZED).stderr;
    for (const file of SHARDS) expect(again).toContain(`${file}: verified and kept\n`);
    expect(SHARDS.map((file) => statSync(join(work.folder, file)).mtimeMs)).toEqual(times);
  });

  it('goes on where a run was cut off', () => {
    work.write('m.json', MIXED);
    done(...SIZED);
    const files = SHARDS.map((file) => work.read(file));
    const index = work.read(INDEX);
    rmSync(join(work.folder, SHARDS[1]));
    rmSync(join(work.folder, INDEX));
    const { stderr } = done(...SIZED);
    expect(stderr).toContain(`${SHARDS[0]}: verified and kept\n`);
    expect(stderr).toContain(`${SHARDS[1]}: written\n`);
    expect(stderr).toMatch(/\ncompare .* elements\/s .*\ngenerate /);
    expect(SHARDS.map((file) => work.read(file))).toEqual(files);
    expect(work.read(INDEX)).toEqual(index);
  });

  it('writes files that join to the bytes of the whole file, and that inspect verifies', () => {
    work.write('m.json', MIXED);
    done(...INIT.slice(0, -1), 'whole.safetensors');
    for (const limit of ['1', '1200', '4KB', '500KB']) {
      done(...INIT, '--max-shard-size', limit, '--force');
      done('join', INDEX, '--out', 'j.safetensors', '--force');
      expect(work.read('j.safetensors').equals(work.read('whole.safetensors')), limit).toBe(true);
      expect(done('inspect', INDEX, '--verify').stdout).toMatch(/\nverified: \d headers and 6 tensors as /);
    }
    work.write(SHARDS[0], flipped(work.read(SHARDS[0]), -1));
    expect(refused('join', INDEX, '--out', 'other.safetensors')).toEqual([
      1,
      expect.stringContaining(`tensor "dense/kernel" of ${SHARDS[0]} is damaged`),
    ]);
    expect(refused(...SIZED)).toEqual([1, expect.stringContaining('tensor "dense/kernel" is damaged')]);
    done(...SIZED, '--force');
    expect(done('inspect', INDEX, '--verify').stdout).toContain('verified: 2 headers and 6 tensors as');
  });

  it('writes one file, which has no number and no index, where that is enough', () => {
    work.write('m.json', MIXED);
    done(...INIT.slice(0, -1), 'whole.safetensors');
    done(...INIT, '--max-shard-size', '5GB', '--verify');
    expect(work.files()).toEqual(['m.json', 'm.safetensors', 'whole.safetensors']);
    expect(work.read('m.safetensors').equals(work.read('whole.safetensors'))).toBe(true);
    work.write('m.json', '{"tensors": []}');
    done(...INIT, '--max-shard-size', '1', '--force');
    expect(work.files()).toEqual(['m.json', 'm.safetensors', 'whole.safetensors']);
  });

  it('verifies all files, those that are there as well, and prints one table', () => {
    work.write('m.json', MIXED);
    const VERDICT = /\nverified: 6 of 6 tensors equal, bit for bit: /;
    expect(done(...SIZED, '--verify').stdout).toMatch(VERDICT);
    rmSync(join(work.folder, SHARDS[0]));
    const { stdout, stderr } = done(...SIZED, '--verify');
    expect(stdout).toMatch(VERDICT);
    expect(stdout.match(/ ok$/gm)).toHaveLength(6);
    expect(stdout.match(/^verify /gm)).toHaveLength(1);
    expect(stderr).toContain(`${SHARDS[0]}: written\n${SHARDS[1]}: verified and kept\n`);
  });

  it('keeps the files of another division, and refuses to mix two', () => {
    work.write('m.json', MIXED);
    done(...SIZED);
    expect(refused(...INIT, '--max-shard-size', '4KB')).toEqual([
      1,
      `${INDEX} exists and is not what this would write: it is of another model or another number of shards; --force overwrites it`,
    ]);
    work.write('m.json', MIXED.replace('zeros', 'ones'));
    expect(refused(...SIZED)).toEqual([
      1,
      expect.stringContaining(
        `${SHARDS[0]} exists and is not what this would write: it has the model checksum`,
      ),
    ]);
  });

  it.each([
    ['5gb', '--max-shard-size must be a size in bytes such as 5GB, 500MB or 2GiB, in [1, 2^53), got "5gb"'],
    ['0', '--max-shard-size must be a size in bytes such as 5GB, 500MB or 2GiB, in [1, 2^53), got "0"'],
  ])('refuses %s', (size, message) => {
    work.write('m.json', MIXED);
    expect(refused(...INIT, '--max-shard-size', size)).toEqual([2, message]);
  });

  it('refuses a part of the parts', () => {
    work.write('m.json', MIXED);
    expect(refused(...SIZED, '--shard', '1/2')).toEqual([
      2,
      '--shard and --max-shard-size exclude each other: the one writes one of n parts, the other all parts',
    ]);
  });
});
