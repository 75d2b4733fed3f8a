import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sampler } from '../../src/index';
import { modelFile } from '../../src/models';
import { jax, torch, torchStateless } from '../../src/streams';
import { workspace } from './tensorseed';

const work = workspace();
const seeded = readFileSync(new URL('../vectors/keras/seeded.json', import.meta.url), 'utf8');

function run(...words: string[]): { code: number | null; stderr: string; stdout: Buffer } {
  const { code, stderr, stdout } = work.run(...words, '--backend', 'cpu');
  return { code, stderr: String(stderr), stdout };
}

describe('--stream', () => {
  it('gives the bytes of the library in that stream', async () => {
    const words = [
      'sample',
      'random_uniform',
      '--shape',
      '33',
      '--seed',
      '7',
      '--stream',
      'jax',
      '--out',
      '-',
    ];
    const sampler = await Sampler.create({ backend: 'cpu' });
    const tensor = await sampler.fill('random_uniform', [33], { seed: jax.key(7) });
    const { code, stdout } = run(...words);
    expect(code).toBe(0);
    expect([...stdout]).toEqual([...new Uint8Array((await tensor.data()).buffer)]);
  });

  it('gives the bytes of the library where threads compute parts of a tensor', async () => {
    const words = ['sample', 'random_normal', '--shape', '1000,701', '--seed', '7', '--stream', 'jax'];
    const range = { start: 2, count: 700_995 };
    const sampler = await Sampler.create({ backend: 'cpu', threads: 1 });
    const tensor = await sampler.fill('random_normal', [1000, 701], {
      seed: jax.key(7),
      dtype: 'bfloat16',
      range,
    });
    const part = ['--dtype', 'bfloat16', '--start', '2', '--count', '700995'];
    const { code, stdout } = run(...words, ...part, '--out', '-');
    expect(code).toBe(0);
    expect(stdout.equals(Buffer.from((await tensor.data()).buffer))).toBe(true);
  });

  it('gives the bytes of the library where a model has tensors for threads and others', async () => {
    const tensors = [
      { name: 'a', shape: [600, 601], initializer: 'random_normal' },
      { name: 'b', shape: [7], initializer: 'zeros' },
      { name: 'none', shape: [0], initializer: 'random_normal' },
      { name: 'c', shape: [40, 40], initializer: 'orthogonal' },
      { name: 'd', shape: [500, 503], initializer: 'random_uniform', dtype: 'float16' },
      { name: 'e', shape: [3], initializer: 'random_normal' },
    ];
    const model = join(work.folder, 'threads.json');
    writeFileSync(model, JSON.stringify({ tensors }));
    const out = join(work.folder, 'threads.safetensors');
    const words = ['init', model, '--seed', '1', '--stream', 'jax', '--verify', '--out', out];
    const { code, stdout } = run(...words);
    expect([code, String(stdout).includes('verified: 6 of 6 tensors equal')]).toEqual([0, true]);
    const file = modelFile({ tensors }, { seed: 1, stream: jax });
    const parts: Uint8Array[] = [file.header];
    for await (const { bytes } of file.chunks(await Sampler.create({ backend: 'cpu', threads: 1 })))
      parts.push(bytes.slice());
    expect(readFileSync(out).equals(Buffer.concat(parts))).toBe(true);
  });

  it('draws what only the stream has', () => {
    const config = ['--config', '{"minval":-3,"maxval":4}'];
    const words = ['--shape', '100', '--seed', '0', '--stream', 'jax', '--out', '-'];
    const { code, stdout } = run('sample', 'randint', ...config, ...words);
    expect(code).toBe(0);
    const values = new Int32Array(Uint8Array.from(stdout).buffer);
    expect([Math.min(...values), Math.max(...values)]).toEqual([-3, 3]);
  });

  it.each([
    ['torch', 'randint', '{"low":-3,"high":4}'],
    ['torch', 'bernoulli', '{"p":0.25}'],
    ['torch', 'randperm', '{}'],
    ['torch', 'trunc_normal', '{"mean":0,"std":0.02,"a":-1,"b":1}'],
    ['torch', 'kaiming_uniform_', '{"a":1,"mode":"fan_in","nonlinearity":"leaky_relu"}'],
    ['torch', 'orthogonal_', '{"gain":2}'],
    ['torch-stateless', 'randint', '{"low":0,"high":9}'],
  ])('draws what only %s has: %s', async (stream, name, config) => {
    const words = ['--shape', '8,8', '--seed', '3', '--stream', stream, '--out', '-'];
    const { code, stdout } = run('sample', name, '--config', config, ...words);
    expect(code).toBe(0);
    const sampler = await Sampler.create({ backend: 'cpu' });
    const named = stream === 'torch' ? torch : torchStateless;
    const initializer = named.initializers[name](JSON.parse(config));
    const tensor = await sampler.fill(initializer, [8, 8], { seed: 3, stream: named });
    expect([...stdout]).toEqual([...new Uint8Array((await tensor.data()).buffer)]);
  });

  it.each(['jax', 'numpy', 'tensorflow', 'torch', 'torch-stateless', 'torch-cuda/t4'])(
    'fills tensors in the stream %s, and verifies them by their keys as plain data',
    (stream) => {
      const model = join(work.folder, 'plain.json');
      // A pair of normals is split between two tensors.
      const tensors = [
        { name: 'a', shape: [300, 5], initializer: 'random_uniform' },
        { name: 'b', shape: [7], initializer: 'random_normal' },
        { name: 'c', shape: [3], initializer: 'random_normal' },
      ];
      writeFileSync(model, JSON.stringify({ tensors }));
      const out = join(work.folder, `${stream.replace('/', '_')}.safetensors`);
      const words = ['init', model, '--seed', '1', '--stream', stream, '--verify', '--out', out];
      const { code, stdout } = run(...words);
      expect(String(stdout)).toContain('verified: 3 of 3 tensors equal to the CPU reference, bit for bit');
      expect(code).toBe(0);
    },
  );

  it.each([
    ['no stream', ['sample', 'bits', '--stream', 'jacks'], 'stream'],
    [
      'a draw that it has not',
      ['sample', 'integers', '--config', '{"low":0,"high":2}'],
      'unknown initializer',
    ],
    [
      'an end of randint by its name in jax',
      ['sample', 'randint', '--stream', 'jax', '--config', '{"minval":0}'],
      'maxval must be an integer',
    ],
    [
      'an unknown option of tensorflow',
      ['sample', 'randint', '--stream', 'tensorflow', '--config', '{"minval":0,"maxval":2,"low":1}'],
      'unknown key "low"',
    ],
    [
      'an unknown option of numpy',
      ['sample', 'integers', '--stream', 'numpy', '--config', '{"low":0,"high":2,"seed":1}'],
      'unknown key "seed"',
    ],
    ['a seed that it has not', ['sample', 'bits', '--stream', 'jax', '--seed', '-1'], '--seed'],
  ])('refuses %s in one line', (_, words, about) => {
    const complete = [
      ...words,
      '--shape',
      '4',
      ...(words.includes('--seed') ? [] : ['--seed', '0']),
      '--out',
      '-',
    ];
    const { code, stderr, stdout } = run(...complete);
    expect([code, stdout.length]).toEqual([2, 0]);
    expect(stderr).toMatch(/^tensorseed: [^\n]+\n$/);
    expect(stderr).toContain(about);
  });

  it.each(['keras/tensorflow', 'keras/torch'])(
    'fills a model in the stream %s by the seeds of its initializers, verifies it, and joins its shards to the same bytes',
    (stream) => {
      const model = join(work.folder, 'seeded.json');
      writeFileSync(model, seeded);
      const whole = join(work.folder, `whole_${stream.slice(6)}.safetensors`);
      const words = ['init', model, '--stream', stream];
      const { code, stderr } = run(...words, '--verify', '--out', whole);
      expect([code, stderr.includes('not heeded')]).toEqual([0, false]);
      const parts = join(work.folder, `parts_${stream.slice(6)}.safetensors`);
      for (const shard of ['1/2', '2/2'])
        expect(run(...words, '--shard', shard, '--out', parts).code).toBe(0);
      const joined = join(work.folder, `joined_${stream.slice(6)}.safetensors`);
      expect(work.run('join', `${parts}.index.json`, '--out', joined).code).toBe(0);
      expect(readFileSync(joined).equals(readFileSync(whole))).toBe(true);
    },
  );

  it.each([
    ['keras/tensorflow', /"conv\/kernel": seed is missing/],
    [
      'keras/torch',
      /"conv\/kernel": the stream keras\/torch derives no keys .*: each tensor's initializer needs a seed/,
    ],
  ])('needs a seed where an initializer has none in %s', (stream, message) => {
    const model = join(work.folder, 'unseeded.json');
    writeFileSync(model, seeded.replace('"seed": 42', '"seed": null'));
    const out = join(work.folder, 'unseeded.safetensors');
    const { code, stderr } = run('init', model, '--stream', stream, '--out', out);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
