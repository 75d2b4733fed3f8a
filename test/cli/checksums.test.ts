import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { MIXED } from './models';
import { apart, flipped, headerChecksum, older, resealed, sha256 } from './shard_files';
import { workspace } from './tensorseed';

const work = workspace();
const READER = fileURLToPath(new URL('../formats/read_safetensors.py', import.meta.url));
const python = spawnSync('python3', ['--version']).status === 0;

const shard = (k: number, n: number, model = 'm'): string => `${model}-0000${k}-of-0000${n}.safetensors`;
const INDEX = 'm.safetensors.index.json';
const JOIN = ['join', INDEX, '--out', 'j.safetensors'];

interface Making {
  readonly seed?: number;
  readonly out?: string;
  readonly words?: readonly string[];
}

const initLine = (k: number, n: number, { seed = 7, out = 'm', words = [] }: Making = {}): string[] => {
  const line = `init m.json --backend cpu --shard ${k}/${n} --seed ${seed} --out ${out}.safetensors`;
  return [...line.split(' '), ...words];
};

/** Writes all shards of a model, and its index. */
function initShards(n: number, model: string, making?: Making): void {
  work.write('m.json', model);
  for (let k = 1; k <= n; k++) {
    const { code, stderr } = work.run(...initLine(k, n, making));
    expect(code, stderr).toBe(0);
  }
}

/** One line on stderr behind that of the backend, nothing on stdout, and no file more or less. */
function refused(...words: string[]): [code: number | null, message: string] {
  const before = work.files();
  const { code, stdout, stderr } = work.run(...words);
  expect(stdout.toString()).toBe('');
  expect(work.files()).toEqual(before);
  const lines = stderr.split('\n').filter((line) => !line.startsWith('backend: '));
  expect(lines).toEqual([expect.stringMatching(/^tensorseed: /), '']);
  return [code, lines[0].slice('tensorseed: '.length)];
}

const overwrite = (from: string, to: string): void =>
  copyFileSync(join(work.folder, from), join(work.folder, to));

function changeIndex(change: (index: any) => void): void {
  const index = JSON.parse(work.read(INDEX).toString());
  change(index);
  work.write(INDEX, JSON.stringify(index));
}

/** Two tensors of one size, so that each is a shard of 2, and also of 3 of which the last is empty. */
const pair = (stddev = 0.5): string =>
  JSON.stringify({
    tensors: ['a', 'b'].map((name) => ({
      name,
      shape: [100],
      initializer: { class_name: 'RandomNormal', config: { stddev } },
    })),
  });

describe('a shard', () => {
  it('has what it was made from and a checksum of each tensor in its metadata, and the whole file has not', () => {
    initShards(2, MIXED);
    for (const k of [1, 2]) {
      const { header, metadata, data } = apart(work.read(shard(k, 2)));
      const { __metadata__: _, ...tensors } = header;
      expect(metadata).toEqual({
        format: 'pt',
        'tensorseed.metadata_version': '1',
        'tensorseed.stream_version': '1',
        'tensorseed.seed': '7',
        'tensorseed.math': 'exact',
        'tensorseed.model_sha256': apart(work.read(shard(1, 2))).metadata['tensorseed.model_sha256'],
        'tensorseed.model_tensors': '6',
        'tensorseed.shard': `${k}/2`,
        'tensorseed.header_sha256': headerChecksum(header),
        ...Object.fromEntries(
          Object.entries(tensors).map(([name, { data_offsets }]) => [
            `tensorseed.sha256:${name}`,
            sha256(data.subarray(...(data_offsets as [number, number]))),
          ]),
        ),
      });
    }
    expect(work.run(...JOIN).code).toBe(0);
    expect(apart(work.read('j.safetensors')).metadata).toEqual({ format: 'pt' });
  });

  it.skipIf(!python)(`is read by others${python ? '' : ' (skipped: there is no python3 here)'}`, () => {
    initShards(1, MIXED);
    const { stdout, stderr } = spawnSync('python3', [READER, join(work.folder, shard(1, 1))], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    const { metadata, tensors } = JSON.parse(stdout);
    expect(tensors).toHaveLength(6);
    for (const { name, sha256: found } of tensors) expect(metadata[`tensorseed.sha256:${name}`]).toBe(found);
  });

  it('names the version of the stream contract', () => {
    initShards(1, MIXED);
    const stream = readFileSync(new URL('../../STREAM.md', import.meta.url), 'utf8');
    expect(stream).toMatch(
      new RegExp(
        `^# The stream contract, version ${apart(work.read(shard(1, 1))).metadata['tensorseed.stream_version']}\n`,
      ),
    );
  });
});

describe('join', () => {
  it.each([
    ['dense/kernel', 0],
    ['q', 2400],
    ['half', -1],
  ])('refuses a flipped bit in tensor %s', (name, at) => {
    initShards(2, MIXED);
    const file = [1, 2]
      .map((k) => shard(k, 2))
      .find((one) => apart(work.read(one)).header[name] !== undefined)!;
    const content = work.read(file);
    const { header, data } = apart(content);
    const [begin, end] = header[name].data_offsets;
    work.write(file, flipped(content, content.length - data.length + (at < 0 ? end + at : begin + at)));
    const [code, message] = refused(...JOIN);
    expect(code).toBe(1);
    expect(message).toContain(`tensor "${name}" of ${file} is damaged: its SHA-256 is `);
    expect(message).toMatch(/ is [0-9a-f]{16}\.\.\., and was [0-9a-f]{16}\.\.\. when it was written$/);
  });

  it('refuses a checksum of other bytes, and a header that was changed', () => {
    initShards(2, pair());
    const whole = work.read(shard(2, 2));
    const parts = apart(whole);
    parts.metadata['tensorseed.sha256:b'] = sha256(Buffer.of());
    work.write(shard(2, 2), resealed(parts));
    expect(refused(...JOIN)).toEqual([
      1,
      expect.stringContaining(`tensor "b" of ${shard(2, 2)} is damaged: its SHA-256 is `),
    ]);
    work.write(shard(2, 2), flipped(whole, whole.indexOf('"format":"pt"') + 10));
    expect(refused(...JOIN)).toEqual([
      1,
      expect.stringContaining(`the header of ${shard(2, 2)} is damaged: its SHA-256 is `),
    ]);
  });

  it.each<[string, () => void, string]>([
    [
      'another seed',
      () => initShards(2, pair(), { seed: 8, out: 'o' }),
      `the shards of ${INDEX} do not belong together: seed 8 in ${shard(2, 2)}, but 7 in ${shard(1, 2)}`,
    ],
    [
      'another math',
      () => initShards(2, pair(), { out: 'o', words: ['--math', 'native'] }),
      `do not belong together: math native in ${shard(2, 2)}, but exact in ${shard(1, 2)}`,
    ],
    ['other rules', () => initShards(2, pair(0.25), { out: 'o' }), 'do not belong together: model checksum '],
    [
      'another model',
      () => {
        const model = JSON.parse(pair());
        model.tensors[0].name = 'A';
        initShards(2, JSON.stringify(model), { out: 'o' });
      },
      'do not belong together: model checksum ',
    ],
  ])('refuses a shard of %s', (_, makeOther, message) => {
    initShards(2, pair());
    makeOther();
    overwrite(shard(2, 2, 'o'), shard(2, 2));
    expect(refused(...JOIN)).toEqual([2, expect.stringContaining(message)]);
  });

  it('refuses a shard of another division, or the same part twice', () => {
    initShards(2, pair());
    initShards(3, pair(), { out: 'o' });
    // The same tensor, as the second of three parts.
    overwrite(shard(2, 3, 'o'), shard(2, 2));
    expect(refused(...JOIN)).toEqual([
      2,
      expect.stringContaining(
        `do not belong together: ${shard(2, 2)} is one of 3 parts, but ${shard(1, 2)} one of 2`,
      ),
    ]);
    initShards(2, pair(), { words: ['--force'] });
    const parts = apart(work.read(shard(2, 2)));
    parts.metadata['tensorseed.shard'] = '1/2';
    work.write(shard(2, 2), resealed(parts));
    expect(refused(...JOIN)).toEqual([2, `${shard(2, 2)} and ${shard(1, 2)} are both part 1 of 2`]);
  });

  it('refuses shards that have one another’s names', () => {
    initShards(2, pair());
    const first = work.read(shard(1, 2));
    overwrite(shard(2, 2), shard(1, 2));
    work.write(shard(2, 2), first);
    expect(refused(...JOIN)).toEqual([2, expect.stringContaining(`tensor "b" is in ${shard(1, 2)}, where`)]);
  });

  it('refuses an index without one of the parts, even if nothing else of it is amiss', () => {
    initShards(3, pair());
    changeIndex((index) => {
      delete index.weight_map.b;
      index.metadata.total_size = 400;
    });
    expect(refused(...JOIN)).toEqual([
      2,
      `${INDEX} has 1 tensor, but the model of its shards has 2: it does not name part 2, 3 of 3`,
    ]);
  });

  it('joins shards without checksums with a note, and holds the others against theirs', () => {
    initShards(2, MIXED);
    work.write(shard(1, 2), older(work.read(shard(1, 2))));
    const mixed = work.run(...JOIN);
    expect([mixed.code, mixed.stderr.split('\n').slice(1)]).toEqual([
      0,
      [`bytes not checked: 1 of 2 shards have no checksums: ${shard(1, 2)}`, ''],
    ]);
    work.run('init', 'm.json', '--seed', '7', '--backend', 'cpu', '--out', 'm.safetensors');
    expect(work.read('j.safetensors').equals(work.read('m.safetensors'))).toBe(true);

    const second = work.read(shard(2, 2));
    work.write(shard(2, 2), flipped(second, -1));
    expect(refused(...JOIN, '--force')[1]).toContain(`of ${shard(2, 2)} is damaged`);

    work.write(shard(2, 2), older(second));
    const neither = work.run(...JOIN);
    expect([neither.code, neither.stderr.split('\n')]).toEqual([
      0,
      [
        'j.safetensors: verified and kept',
        expect.stringContaining('from 2 shards'),
        'bytes not checked: 2 of 2 shards have no checksums',
        '',
      ],
    ]);
  });

  it('says that a shard is damaged, rather than that a right output is to be overwritten', () => {
    initShards(2, MIXED);
    expect(work.run(...JOIN).code).toBe(0);
    work.write(shard(1, 2), flipped(work.read(shard(1, 2)), -1));
    expect(refused(...JOIN)).toEqual([1, expect.stringContaining(`of ${shard(1, 2)} is damaged`)]);
  });
});

describe('init --shard where the shard is there', () => {
  /** The shard stays as it is, to the byte and the time. */
  function refuses(line: string[]): string {
    const path = join(work.folder, shard(1, 2));
    const before = { content: readFileSync(path), changed: statSync(path).mtimeMs };
    const [code, message] = refused(...line);
    expect(code).toBe(1);
    expect(statSync(path).mtimeMs).toBe(before.changed);
    expect(readFileSync(path).equals(before.content)).toBe(true);
    const start = `${shard(1, 2)} exists and is not what this would write: `;
    const end = '; --force overwrites it';
    expect(message.slice(0, start.length) + message.slice(-end.length)).toBe(start + end);
    return message.slice(start.length, -end.length);
  }

  it.each<[string, Making, string, string]>([
    ['seed', { seed: 8 }, pair(), 'it has the seed 7, not 8'],
    ['math', { words: ['--math', 'native'] }, pair(), 'it has the math exact, not native'],
    ['rules', {}, pair(0.25), 'it has the model checksum '],
    ['shape', {}, pair().replace('[100]', '[10,10]'), 'tensor "a" is F32 [100], not F32 [10, 10]'],
  ])('says which %s it has', (_, making, model, message) => {
    initShards(2, pair());
    work.write('m.json', model);
    for (const verify of [[], ['--verify']])
      expect(refuses([...initLine(1, 2, making), ...verify])).toContain(message);
  });

  it('keeps it where it is what the run would write, and is of one piece', () => {
    initShards(2, MIXED);
    for (const verify of [[], ['--verify']]) {
      const { code, stderr } = work.run(...initLine(1, 2), ...verify);
      expect([code, stderr]).toEqual([0, expect.stringMatching(/: verified and kept\n/)]);
    }
  });

  it('finds a bit that is within the bound of a matrix of another device', () => {
    initShards(2, JSON.stringify({ tensors: [{ name: 'q', shape: [20, 30], initializer: 'orthogonal' }] }));
    work.write(shard(1, 2), flipped(work.read(shard(1, 2)), -4));
    expect(refuses(initLine(1, 2))).toMatch(/^tensor "q" is damaged: its SHA-256 is /);
    expect(work.run(...initLine(1, 2), '--force').code).toBe(0);
    expect(work.run(...initLine(1, 2)).stderr).toContain('verified and kept\n');
  });

  it('finds a header that was changed', () => {
    initShards(2, pair());
    const content = work.read(shard(1, 2));
    work.write(shard(1, 2), flipped(content, content.indexOf('"tensorseed.seed":"7') + 19));
    expect(refuses(initLine(1, 2))).toMatch(/^the header of m-00001-of-00002\.safetensors is damaged: /);
  });

  it('keeps one without checksums with a note, unless its bytes are wrong', () => {
    initShards(2, MIXED);
    const file = work.read(shard(1, 2));
    work.write(shard(1, 2), older(file));
    for (const verify of [[], ['--verify']]) {
      const { code, stderr } = work.run(...initLine(1, 2), ...verify);
      const note = `${shard(1, 2)}: verified and kept; it has no checksums, --force adds them\n`;
      expect([code, stderr]).toEqual([0, expect.stringContaining(note)]);
    }
    expect(work.read(shard(1, 2)).equals(older(file))).toBe(true);
    expect(refuses(initLine(1, 2, { seed: 8 }))).toMatch(/^tensor "[^"]+" differs, first at element /);
    expect(work.run(...initLine(1, 2), '--force').code).toBe(0);
    expect(work.read(shard(1, 2)).equals(file)).toBe(true);
  });
});

describe('inspect', () => {
  it('says what a shard was made from', () => {
    initShards(2, pair());
    expect(work.run('inspect', shard(2, 2)).stdout.toString()).toMatch(
      /\npart 2 of 2, seed 7, math exact, stream version 1, model checksum [0-9a-f]{16}\.\.\. of 2 tensors; --verify checks its bytes\n$/,
    );
  });

  it('--verify holds a shard, or all of an index, against its checksums', () => {
    initShards(3, pair());
    for (const [file, what, verdict] of [
      [shard(1, 3), 'part 1 of 3', '1 header and 1 tensor'],
      [shard(3, 3), 'part 3 of 3', '1 header and 0 tensors'],
      [INDEX, '2 shards', '2 headers and 2 tensors'],
    ]) {
      const { code, stdout, stderr } = work.run('inspect', file, '--verify');
      expect([code, stderr]).toEqual([0, '']);
      const [first, second, rest] = stdout.toString().split('\n');
      expect(first).toContain(`${file}: ${what}, seed 7, math exact, stream version 1, model checksum `);
      expect([second, rest]).toEqual([`verified: ${verdict} as their checksums say`, '']);
    }
  });

  it('--verify lists what is damaged, and how much more', () => {
    const names = Array.from({ length: 13 }, (_, i) => `t${i}`);
    initShards(
      2,
      JSON.stringify({ tensors: names.map((name) => ({ name, shape: [3], initializer: 'bits' })) }),
    );
    let damaged = 0;
    for (const file of [1, 2].map((k) => shard(k, 2))) {
      const content = work.read(file);
      const { header, data } = apart(content);
      for (const name of names.slice(1)) {
        if (header[name] === undefined) continue;
        content[content.length - data.length + header[name].data_offsets[0]] ^= 0x80;
        damaged++;
      }
      work.write(file, content);
    }
    expect(damaged).toBe(12);
    const { code, stdout, stderr } = work.run('inspect', INDEX, '--verify');
    expect([code, stderr]).toEqual([1, `tensorseed: damaged: 12 of 13 tensors of ${INDEX}\n`]);
    const lines = stdout.toString().trimEnd().split('\n');
    expect(lines).toHaveLength(11);
    for (const line of lines.slice(0, 10))
      expect(line).toMatch(/^tensor "t\d+" of m-0000[12]-of-00002\.safetensors is damaged: its SHA-256 is /);
    expect(lines[10]).toBe('and 2 more');
  });

  it('--verify does not call verified what it cannot check', () => {
    initShards(2, pair());
    work.run(...JOIN);
    expect(refused('inspect', 'j.safetensors', '--verify')).toEqual([
      2,
      'j.safetensors has no checksums to hold its bytes against; init --shard writes them',
    ]);
    work.write(shard(2, 2), older(work.read(shard(2, 2))));
    expect(refused('inspect', INDEX, '--verify')).toEqual([
      2,
      `1 of 2 shards of ${INDEX} have no checksums to hold their bytes against: ${shard(2, 2)}; the others are undamaged`,
    ]);
    expect(refused('inspect', INDEX)[1]).toContain('inspect takes an index with --verify only');
    expect(refused('inspect', shard(1, 2), '--verify', '--json')).toEqual([
      2,
      '--verify and --json exclude each other',
    ]);
  });
});
