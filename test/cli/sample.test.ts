import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { initializers, Sampler } from '../../src/index';
import { CLI, workspace } from './tensorseed';

const work = workspace();
const CPU = ['--backend', 'cpu'];

/** Bytes on stdout, and that all went well. */
function bytes(...words: string[]): Buffer {
  const { code, stdout, stderr } = work.run('sample', ...words, ...CPU, '--out', '-');
  expect(stderr).toMatch(/^backend: cpu, WebAssembly SIMD, (up to )?\d+ threads?\n$/);
  expect(code).toBe(0);
  return stdout;
}

/** One line on stderr, exit code 2, and no trace. */
function refused(...words: string[]): string {
  const before = work.files();
  const { code, stdout, stderr } = work.run(...words);
  expect(stderr).toMatch(/^tensorseed: [^\n]+\n$/);
  expect(code).toBe(2);
  expect(stdout).toHaveLength(0);
  expect(work.files()).toEqual(before);
  return stderr.slice('tensorseed: '.length, -1);
}

describe('tensorseed sample', () => {
  it('gives the bytes of the library', async () => {
    const sampler = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
    const options = { seed: 2n ** 64n - 1n, name: 'a/b', dtype: 'bfloat16' } as const;
    const tensor = await sampler.fill(initializers.get('he_normal')!, [33, 7], options);
    const { buffer, byteOffset, byteLength } = await tensor.data();
    const words = [
      'he_normal',
      '--shape',
      '33,7',
      '--seed',
      '18446744073709551615',
      '--name',
      'a/b',
      '--dtype',
      'bfloat16',
    ];
    expect(bytes(...words)).toEqual(Buffer.from(buffer, byteOffset, byteLength));
  });

  it('draws Philox words, seed 0 in its first block', () => {
    const raw = bytes('bits', '--shape', '4', '--seed', '0');
    // Random123's kat_vectors: counter 0, key 0
    expect([0, 4, 8, 12].map((at) => raw.readUInt32LE(at).toString(16))).toEqual([
      '6627e8d5',
      'e169c58d',
      'bc57ac4c',
      '9b00dbd8',
    ]);
  });

  it('has the same elements in every slice, in every dtype', () => {
    for (const dtype of ['float32', 'float16', 'bfloat16']) {
      const words = ['truncated_normal', '--shape', '10,10', '--seed', '5', '--dtype', dtype];
      const whole = bytes(...words);
      const slices = [
        ['--count', '7'],
        ['--start', '7', '--count', '50'],
        ['--start', '57', '--count', '0'],
        ['--start', '57'],
      ];
      expect(Buffer.concat(slices.map((slice) => bytes(...words, ...slice)))).toEqual(whole);
      expect(bytes(...words, '--start', '100')).toHaveLength(0);
    }
  });

  it('takes the configuration, and a seed from it where none is given', () => {
    const value = (...words: string[]): number => bytes('constant', '--shape', '', ...words).readFloatLE();
    expect(value('--config', '{"value":2.5}')).toBe(2.5);
    expect(value()).toBe(0);
    const seeded = bytes('random_normal', '--shape', '9', '--config', '{"seed":0,"stddev":0.02}');
    expect(seeded).toEqual(
      bytes('RandomNormal', '--shape', '9', '--seed', '0', '--config', '{"stddev":0.02}'),
    );
    expect(seeded).not.toEqual(
      bytes('normal', '--shape', '9', '--seed', '1', '--config', '{"seed":0,"stddev":0.02}'),
    );
  });

  it('writes .bin, .npy and .safetensors with the same elements', () => {
    const words = ['sample', 'uniform', '--shape', '3,5', '--seed', '9', ...CPU];
    for (const file of ['a.bin', 'a.npy', 'new/folder/a.safetensors', 'b.safetensors']) {
      const { code, stdout } = work.run(
        ...words,
        '--out',
        file,
        ...(file === 'b.safetensors' ? ['--name', 'x/y'] : []),
      );
      expect(code).toBe(0);
      expect(stdout).toHaveLength(0);
    }
    const read = (file: string): Buffer => readFileSync(join(work.folder, file));
    const raw = bytes(...words.slice(1, 6));
    expect(read('a.bin')).toEqual(raw);
    expect(read('a.npy').subarray(128)).toEqual(raw);
    expect(read('a.npy').subarray(10, 128).toString()).toMatch(
      /^\{'descr': '<f4', 'fortran_order': False, 'shape': \(3, 5\), \} *\n$/,
    );
    const file = read('new/folder/a.safetensors');
    const length = Number(file.readBigUInt64LE());
    expect(JSON.parse(file.subarray(8, 8 + length).toString())).toEqual({
      __metadata__: { format: 'pt' },
      tensor: { dtype: 'F32', shape: [3, 5], data_offsets: [0, 60] },
    });
    expect(file.subarray(8 + length)).toEqual(raw);
    expect(read('b.safetensors').toString('latin1')).toContain('"x/y":{"dtype":"F32"');
    expect(work.files()).toEqual(['a.bin', 'a.npy', 'b.safetensors', 'new']);
  });

  it('gives a slice the shape of its length', () => {
    for (const file of ['a.npy', 'a.safetensors']) {
      expect(
        work.run(
          'sample',
          'uniform',
          '--shape',
          '3,5',
          '--seed',
          '9',
          '--start',
          '4',
          '--count',
          '6',
          ...CPU,
          '--out',
          file,
        ).code,
      ).toBe(0);
    }
    expect(readFileSync(join(work.folder, 'a.npy'), 'latin1')).toContain("'shape': (6,)");
    expect(readFileSync(join(work.folder, 'a.safetensors'), 'latin1')).toContain('"shape":[6]');
  });

  it('writes scalars and empty tensors', () => {
    expect(bytes('ones', '--shape', '').toString('hex')).toBe('0000803f');
    expect(bytes('normal', '--shape', '3,0', '--seed', '1')).toHaveLength(0);
    expect(work.run('sample', 'normal', '--shape', '0', '--seed', '1', ...CPU, '--out', 'a.bin').code).toBe(
      0,
    );
    expect(readFileSync(join(work.folder, 'a.bin'))).toHaveLength(0);
  });

  it('replaces a file, and what a link points to stays', () => {
    writeFileSync(join(work.folder, 'target.bin'), 'old');
    symlinkSync('target.bin', join(work.folder, 'link.bin'));
    expect(work.run('sample', 'ones', '--shape', '1', ...CPU, '--out', 'link.bin').code).toBe(0);
    expect(readFileSync(join(work.folder, 'target.bin'), 'utf8')).toBe('old');
    expect(readFileSync(join(work.folder, 'link.bin'))).toHaveLength(4);
  });

  it('ends quietly where the reader of stdout does', () => {
    const command = `"${process.execPath}" "${CLI}" sample normal --shape 20000000 --seed 1 --backend cpu --out - | head -c 8 | wc -c; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
    expect(stdout.trim().split(/\s+/)).toEqual(['8', '0']);
    expect(stderr).toMatch(/^backend: cpu, WebAssembly SIMD, (up to )?\d+ threads?\n$/);
  });

  it('spells the axes as a configuration does', () => {
    expect(
      refused(
        'sample',
        'he_normal',
        '--shape',
        '3,3',
        '--seed',
        '1',
        ...CPU,
        '--config',
        '{"input_axes":[5],"output_axes":[0]}',
        '--out',
        'a.bin',
      ),
    ).toBe('input_axes must lie in [-2, 1] for a shape of rank 2, got 5');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('leaves nothing after %s', async (signal) => {
    const child = spawn(
      process.execPath,
      [CLI, 'sample', 'normal', '--shape', '1000000000', '--seed', '1', ...CPU, '--out', 'a.bin'],
      { cwd: work.folder },
    );
    const ended = new Promise((resolve) => child.once('exit', (_, by) => resolve(by)));
    while (work.files().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(work.files()[0]).toMatch(/^\.tensorseed-/);
    child.kill(signal);
    expect(await ended).toBe(signal);
    expect(work.files()).toEqual([]);
  });

  const complete = ['--shape', '4', '--seed', '1', ...CPU, '--out', 'a.bin'];

  it.each([
    '1e3',
    '0x10',
    ' 4',
    '4 ',
    '+4',
    '-1',
    '1.5',
    '4,',
    ',4',
    '4,,4',
    '４',
    '9007199254740992',
    '1_000',
    'NaN',
  ])('refuses the shape "%s"', (shape) => {
    expect(refused('sample', 'zeros', `--shape=${shape}`, '--seed', '1', ...CPU, '--out', 'a.bin')).toContain(
      'each size of --shape must be a decimal integer',
    );
  });

  it.each(['18446744073709551616', '-1', '1.5', '1e3', '', '0x1', '1n', '9'.repeat(1000)])(
    'refuses the seed "%s"',
    (seed) => {
      expect(
        refused('sample', 'normal', '--shape', '4', `--seed=${seed}`, ...CPU, '--out', 'a.bin'),
      ).toContain('--seed must be a decimal integer in [0, 2^64)');
    },
  );

  it.each<[string, string[], string]>([
    ['no command', [], 'a command is missing'],
    ['an unknown command', ['toString'], 'there is no command "toString"'],
    [
      'a misspelt command',
      ['smaple', 'zeros'],
      'there is no command "smaple"; did you mean sample? Commands: sample, init, join, inspect, devices, verify, bench; see',
    ],
    [
      'a misspelt option',
      ['sample', 'zeros', ...complete, '--sed', '1'],
      'sample has no option --sed; did you mean --seed? Its options: --shape,',
    ],
    [
      'a misspelt initializer',
      ['sample', 'he_norml', ...complete],
      'unknown initializer "he_norml"; did you mean he_normal? Known',
    ],
    [
      'another name of a dtype',
      ['sample', 'zeros', ...complete, '--dtype', 'fp16'],
      'got "fp16"; did you mean float16?',
    ],
    ['no initializer', ['sample', ...complete], 'sample needs an initializer'],
    ['an unknown initializer', ['sample', '__proto__', ...complete], 'unknown initializer "__proto__"'],
    ['a word too many', ['sample', 'zeros', 'ones', ...complete], 'does not take the word "ones"'],
    ['an unknown option', ['sample', 'zeros', ...complete, '--fast'], 'sample has no option --fast'],
    ['an unknown short option', ['sample', 'zeros', ...complete, '-x'], 'sample has no option -x'],
    [
      'an option of another command',
      ['sample', 'zeros', ...complete, '--verify'],
      'sample has no option --verify',
    ],
    ['an option twice', ['sample', 'zeros', ...complete, '--seed', '1'], '--seed is given twice'],
    [
      'an option without a value at the end',
      ['sample', 'zeros', ...complete, '--name'],
      '--name needs a value',
    ],
    [
      'an option for a value',
      ['sample', 'zeros', '--name', ...complete],
      '--name needs a value, got --shape',
    ],
    ['no shape', ['sample', 'zeros', '--seed', '1', '--out', 'a.bin'], '--shape is missing'],
    ['no file', ['sample', 'zeros', '--shape', '4', '--seed', '1'], '--out is missing'],
    ['no seed', ['sample', 'normal', '--shape', '4', ...CPU, '--out', 'a.bin'], '--seed is missing'],
    [
      'a seed of null',
      ['sample', 'normal', '--shape', '4', '--config', '{"seed":null}', '--out', 'a.bin'],
      '--seed is missing',
    ],
    [
      'too many elements',
      ['sample', 'zeros', '--shape', '4194304,4194304,4194304', ...CPU, '--out', 'a.bin'],
      'more than 2^53 - 1',
    ],
    ['a start beyond the end', ['sample', 'zeros', ...complete, '--start', '5'], '--start must be at most 4'],
    [
      'a count beyond the end',
      ['sample', 'zeros', ...complete, '--start', '3', '--count', '2'],
      '--count must be at most 1 from element 3 of 4 on, got 2',
    ],
    [
      'a negative start',
      ['sample', 'zeros', ...complete, '--start', '-1'],
      '--start must be a decimal integer',
    ],
    [
      'a count that is no number',
      ['sample', 'zeros', ...complete, '--count', 'all'],
      '--count must be a decimal integer',
    ],
    ['another dtype', ['sample', 'zeros', ...complete, '--dtype', 'float64'], 'dtype must be one of'],
    ['bits as floats', ['sample', 'bits', ...complete, '--dtype', 'float32'], 'bits are uint32'],
    [
      'normals as words',
      ['sample', 'normal', ...complete, '--dtype', 'uint32'],
      'normal takes float32, float16 or bfloat16, got dtype uint32',
    ],
    [
      'another backend',
      ['sample', 'zeros', '--shape', '4', '--seed', '1', '--backend', 'cuda', '--out', 'a.bin'],
      '--backend must be one of auto, gpu, cpu',
    ],
    [
      'another math',
      ['sample', 'zeros', ...complete, '--math', 'fast'],
      '--math must be one of exact, native',
    ],
    [
      'another kind of file',
      ['sample', 'zeros', '--shape', '4', ...CPU, '--out', 'a.txt'],
      '--out must end in .bin, .npy or .safetensors',
    ],
    [
      'bfloat16 in .npy',
      ['sample', 'zeros', '--shape', '4', ...CPU, '--dtype', 'bfloat16', '--out', 'a.npy'],
      '.npy has no type for bfloat16',
    ],
    [
      'a reserved name',
      ['sample', 'zeros', '--shape', '4', ...CPU, '--name', '__metadata__', '--out', 'a.safetensors'],
      'cannot be named __metadata__',
    ],
    ['a shape that the initializer cannot fill', ['sample', 'identity', ...complete], 'identity'],
    ['inspect without a file', ['inspect'], 'inspect needs a FILE.safetensors'],
    ['devices with a word', ['devices', 'all'], 'devices does not take the word "all"'],
    ['a value for a flag', ['devices', '--json=1'], '--json takes no value, got "1"'],
  ])('refuses %s', (_, words, message) => {
    expect(refused(...words).toLowerCase()).toContain(message.toLowerCase());
  });

  it.each([
    '',
    '{',
    '[]',
    '3',
    'null',
    '"{}"',
    '{"value":1,}',
    '{"value":1,"value":1}',
    '{"__proto__":{}}',
    '{"constructor":1}',
    '{"value":"x"}',
    '{"value":1e999}',
    '{"stddev":1}',
    '{"value":{"value":1}}',
    '[['.repeat(1000),
  ])('refuses the configuration %j', (config) => {
    refused('sample', 'constant', ...complete, `--config=${config}`);
  });

  it('refuses places where no file can be, before it computes', () => {
    mkdirSync(join(work.folder, 'folder.bin'));
    writeFileSync(join(work.folder, 'file'), '');
    const words = ['sample', 'normal', '--shape', '1000000000000', '--seed', '1', ...CPU, '--out'];
    expect(refused(...words, 'folder.bin')).toBe('--out must be a file, but "folder.bin" is a folder');
    expect(refused(...words, 'file/a.bin')).toBe('--out must be in a folder, but "file" is none');
  });

  it('says what it takes', () => {
    for (const words of [
      ['--help'],
      ['-h'],
      ['sample', '--help'],
      ['init', '-h'],
      ['join', '-h'],
      ['inspect', '--help'],
      ['devices', '--help'],
    ]) {
      const { code, stdout, stderr } = work.run(...words);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout.toString()).toContain('tensorseed');
      expect(
        Math.max(
          ...stdout
            .toString()
            .split('\n')
            .map((line) => line.length),
        ),
      ).toBeLessThanOrEqual(100);
    }
    expect(work.run('--version').stdout.toString()).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
