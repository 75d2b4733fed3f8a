import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sampler } from '../../src/index';
import { modelFile } from '../../src/models';
import { MIXED } from './models';
import { workspace } from './tensorseed';

const work = workspace();
const CPU = ['--backend', 'cpu'];

const MODEL = {
  tensors: [
    { name: 'dense/kernel', shape: [1500, 1000], initializer: 'he_normal' },
    { name: 'dense/bias', shape: [1000], initializer: 'zeros' },
    {
      name: '__proto__',
      shape: [3, 3],
      initializer: { class_name: 'RandomUniform', config: { minval: 0, maxval: 1 } },
      dtype: 'float16',
    },
    { name: 'words', shape: [5], initializer: 'bits' },
    { name: 'none', shape: [0, 7], initializer: 'normal' },
    {
      name: 'scalar',
      shape: [],
      initializer: { class_name: 'Constant', config: { value: -2 } },
      dtype: 'bfloat16',
    },
  ],
};

function write(name: string, json: unknown): string {
  writeFileSync(join(work.folder, name), typeof json === 'string' ? json : JSON.stringify(json));
  return name;
}

interface Read {
  readonly names: string[];
  tensor(name: string): Buffer;
}

function read(file: string): Read {
  const content = readFileSync(join(work.folder, file));
  const length = Number(content.readBigUInt64LE());
  const header = new Map<string, any>(Object.entries(JSON.parse(content.subarray(8, 8 + length).toString())));
  header.delete('__metadata__');
  return {
    names: [...header.keys()],
    tensor(name) {
      const [begin, end] = header.get(name).data_offsets;
      return content.subarray(8 + length + begin, 8 + length + end);
    },
  };
}

describe('tensorseed init', () => {
  it('fills each tensor as sample does under its name', () => {
    write('m.json', MODEL);
    const { code, stdout, stderr } = work.run(
      'init',
      'm.json',
      '--seed',
      '7',
      ...CPU,
      '--out',
      'm.safetensors',
    );
    expect(code).toBe(0);
    expect(stdout).toHaveLength(0);
    expect(stderr).toContain('m.safetensors: 6 tensors, 1,501,015 elements,');
    const file = read('m.safetensors');
    expect(file.names).toEqual(['dense/bias', 'dense/kernel', 'none', 'words', 'scalar', '__proto__']);
    for (const { name, shape, initializer, dtype } of MODEL.tensors as {
      name: string;
      shape: number[];
      initializer: any;
      dtype?: string;
    }[]) {
      const words =
        typeof initializer === 'string'
          ? [initializer]
          : [initializer.class_name, '--config', JSON.stringify(initializer.config)];
      if (dtype !== undefined) words.push('--dtype', dtype);
      const alone = work.run(
        'sample',
        ...words,
        '--shape',
        shape.join(','),
        '--seed',
        '7',
        '--name',
        name,
        ...CPU,
        '--out',
        '-',
      );
      expect(file.tensor(name).equals(alone.stdout), name).toBe(true);
    }
    expect(work.files()).toEqual(['m.json', 'm.safetensors']);
  });

  it('writes the file that modelFile streams', async () => {
    expect(
      work.run('init', write('m.json', MIXED), '--seed', '42', ...CPU, '--out', 'm.safetensors').code,
    ).toBe(0);
    const file = modelFile(MIXED, { seed: 42 });
    const parts: Uint8Array[] = [file.header];
    for await (const { bytes } of file.chunks(await Sampler.create({ backend: 'cpu' }), { chunkBytes: 4096 }))
      parts.push(bytes.slice());
    expect(work.read('m.safetensors').equals(Buffer.concat(parts))).toBe(true);
  });

  it('gives a tensor the same bytes in any model', () => {
    write('m.json', MODEL);
    write('n.json', { tensors: [MODEL.tensors[4], MODEL.tensors[2]] });
    for (const name of ['m', 'n'])
      expect(
        work.run('init', `${name}.json`, '--seed', '7', ...CPU, '--out', `${name}.safetensors`).code,
      ).toBe(0);
    expect(read('n.safetensors').tensor('__proto__')).toEqual(read('m.safetensors').tensor('__proto__'));
  });

  it('with --verify prints what it found, aligned', () => {
    write('m.json', MODEL);
    const { code, stdout, stderr } = work.run(
      'init',
      'm.json',
      '--seed',
      '7',
      ...CPU,
      '--verify',
      '--out',
      'm.safetensors',
    );
    expect(stderr).toMatch(/^backend: cpu, WebAssembly SIMD, (up to )?\d+ threads?\n$/);
    expect(code).toBe(0);
    const lines = stdout.toString().split('\n');
    expect(lines[0]).toMatch(/^tensor +shape +dtype +count +mean +stddev +min +max +initializer +check$/);
    expect(lines.slice(1, 7).map((line) => line.split(/ {2,}/))).toEqual([
      [
        'dense/kernel',
        '[1500, 1000]',
        'float32',
        '1,500,000',
        expect.anything(),
        expect.stringMatching(/^0\.036/),
        expect.stringMatching(/^-0\.08/),
        expect.stringMatching(/^0\.08/),
        'he_normal',
        'ok',
      ],
      ['dense/bias', '[1000]', 'float32', '1,000', '0', '0', '0', '0', 'zeros', 'ok'],
      [
        '__proto__',
        '[3, 3]',
        'float16',
        '9',
        expect.anything(),
        expect.anything(),
        expect.anything(),
        expect.anything(),
        'RandomUniform(minval=0, maxval=1)',
        'ok',
      ],
      [
        'words',
        '[5]',
        'uint32',
        '5',
        expect.anything(),
        expect.anything(),
        expect.anything(),
        expect.anything(),
        'bits',
        'ok',
      ],
      ['none', '[0, 7]', 'float32', '0', '-', '-', '-', '-', 'normal', 'ok'],
      ['scalar', '[]', 'bfloat16', '1', '-2', '0', '-2', '-2', 'Constant(value=-2)', 'ok'],
    ]);
    expect(new Set(lines.slice(0, 7).map((line) => line.search(/(check|ok)$/))).size).toBe(1);
    expect(stdout.toString()).toMatch(
      /\nset-up +\d.*\ngenerate +\d.*\nwrite +\d.*\nverify +\d.*\nflush +\d.*\ntotal +\d/,
    );
    expect(lines[lines.length - 2]).toMatch(
      /^verified: 6 of 6 tensors equal, bit for bit: 2\d,\d{3} elements to the CPU reference, all others to a second implementation$/,
    );
  });

  it('writes a model without tensors, or without elements', () => {
    write('m.json', { tensors: [] });
    write('n.json', { tensors: [MODEL.tensors[4]] });
    for (const name of ['m', 'n']) {
      const { code, stdout } = work.run(
        'init',
        `${name}.json`,
        '--seed',
        '7',
        ...CPU,
        '--verify',
        '--out',
        `${name}.safetensors`,
      );
      expect(code).toBe(0);
      expect(stdout.toString()).not.toContain('NaN');
    }
    expect(read('n.safetensors').names).toEqual(['none']);
  });

  it('verifies native math within its bound', () => {
    write('m.json', { tensors: [MODEL.tensors[0], { name: 'n', shape: [100, 100], initializer: 'normal' }] });
    const { code, stdout } = work.run(
      'init',
      'm.json',
      '--seed',
      '7',
      ...CPU,
      '--math',
      'native',
      '--dtype',
      'float16',
      '--verify',
      '--out',
      'm.safetensors',
    );
    expect(code).toBe(0);
    expect(stdout.toString()).toContain('verified: 2 of 2 tensors within the bound of --math native');
  });

  it('fills what a safetensors file and an index list, by rules', () => {
    write('m.json', {
      tensors: [
        { name: 'fc.weight', shape: [6, 4], initializer: 'zeros' },
        { name: 'fc.bias', shape: [6], initializer: 'ones' },
      ],
    });
    write('rules.json', [
      { pattern: '*.weight', initializer: 'ones' },
      { pattern: '*.bias', initializer: 'zeros' },
    ]);
    expect(work.run('init', 'm.json', '--seed', '7', ...CPU, '--out', 'm.safetensors').code).toBe(0);
    for (const k of [1, 2])
      expect(
        work.run('init', 'm.json', '--seed', '7', ...CPU, '--shard', `${k}/2`, '--out', 'm.safetensors').code,
      ).toBe(0);
    for (const source of ['m.safetensors', 'm.safetensors.index.json']) {
      const words = [
        'init',
        source,
        '--seed',
        '7',
        ...CPU,
        '--rules',
        'rules.json',
        '--out',
        'n.safetensors',
      ];
      const { code, stderr } = work.run(...words);
      expect(code, stderr).toBe(0);
      expect(
        read('n.safetensors')
          .tensor('fc.weight')
          .equals(Buffer.from(Float32Array.from({ length: 24 }, () => 1).buffer)),
      ).toBe(true);
      expect(read('n.safetensors').tensor('fc.bias').equals(Buffer.alloc(24))).toBe(true);
    }
    expect(
      work.run(
        'init',
        'm.safetensors',
        '--seed',
        '7',
        ...CPU,
        '--rules',
        'none.json',
        '--out',
        'o.safetensors',
      ),
    ).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /^tensorseed: --rules must be a file, auto, or one of torch, .*, got "none.json"\n$/,
      ),
    });
  });

  it('lets --dtype count where a tensor has none of its own', () => {
    write('m.json', {
      tensors: [
        { name: 'a', shape: [2], initializer: 'ones' },
        { name: 'b', shape: [2], initializer: 'ones', dtype: 'float32' },
      ],
    });
    expect(
      work.run('init', 'm.json', '--seed', '0', ...CPU, '--dtype', 'float16', '--out', 'm.safetensors').code,
    ).toBe(0);
    expect(read('m.safetensors').tensor('a').toString('hex')).toBe('003c003c');
    expect(read('m.safetensors').tensor('b').toString('hex')).toBe('0000803f0000803f');
  });

  it.each<[string, unknown, string[], string]>([
    [
      'a model that is not there',
      undefined,
      ['no.json', '--seed', '1', '--out', 'a.safetensors'],
      'there is no file and no preset "no.json"; presets: gpt2, ',
    ],
    [
      'a misspelt preset',
      undefined,
      ['gpt-2', '--seed', '1', '--out', 'a.safetensors'],
      'there is no file and no preset "gpt-2"; did you mean gpt2? Presets: gpt2, ',
    ],
    ['a folder', undefined, ['.', '--seed', '1', '--out', 'a.safetensors'], '"." is no file'],
    ['no seed', undefined, ['gpt2', '--out', 'a.safetensors'], '--seed is missing'],
    ['no file', undefined, ['gpt2', '--seed', '1'], '--out is missing'],
    [
      'another kind of file',
      undefined,
      ['gpt2', '--seed', '1', '--out', 'a.npy'],
      '--out must end in .safetensors, or be - for stdout, got "a.npy"',
    ],
    [
      'a malformed model',
      '{',
      ['m.json', '--seed', '1', '--out', 'a.safetensors'],
      'm.json is no valid JSON',
    ],
    [
      'a tensor that cannot be filled',
      { tensors: [{ name: 'eye', shape: [3], initializer: 'identity' }] },
      ['m.json', '--seed', '1', '--out', 'a.safetensors'],
      'tensor "eye": ',
    ],
    [
      'a dtype that a tensor cannot have',
      MODEL,
      ['m.json', '--seed', '1', '--dtype', 'uint32', '--out', 'a.safetensors'],
      'tensor "dense/kernel": ',
    ],
    [
      'a reserved name',
      { tensors: [{ name: '__metadata__', shape: [3], initializer: 'ones' }] },
      ['m.json', '--seed', '1', '--out', 'a.safetensors'],
      'cannot be named __metadata__',
    ],
    [
      'a Keras model',
      { class_name: 'Functional', config: {} },
      ['m.json', '--seed', '1', '--out', 'a.safetensors'],
      'm.json has no layers',
    ],
  ])('refuses %s and leaves nothing', (_, model, words, message) => {
    if (model !== undefined) write('m.json', model);
    const before = work.files();
    const { code, stdout, stderr } = work.run('init', ...words, ...CPU);
    expect(stderr).toMatch(/^tensorseed: [^\n]+\n$/);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(stdout).toHaveLength(0);
    expect(work.files()).toEqual(before);
  });
});
