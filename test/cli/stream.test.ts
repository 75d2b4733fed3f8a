import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sampler } from '../../src/index';
import { jax } from '../../src/streams';
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

  it('draws what only the stream has', () => {
    const config = ['--config', '{"minval":-3,"maxval":4}'];
    const words = ['--shape', '100', '--seed', '0', '--stream', 'jax', '--out', '-'];
    const { code, stdout } = run('sample', 'randint', ...config, ...words);
    expect(code).toBe(0);
    const values = new Int32Array(Uint8Array.from(stdout).buffer);
    expect([Math.min(...values), Math.max(...values)]).toEqual([-3, 3]);
  });

  it.each([
    ['no stream', ['sample', 'bits', '--stream', 'jacks'], 'stream'],
    [
      'a draw that it has not',
      ['sample', 'randint', '--config', '{"low":0,"high":2}'],
      'unknown initializer',
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

  it('fills a model whose initializers have seeds, verifies it, and joins its shards to the same bytes', () => {
    const model = join(work.folder, 'seeded.json');
    writeFileSync(model, seeded);
    const whole = join(work.folder, 'whole.safetensors');
    const words = ['init', model, '--stream', 'keras/tensorflow'];
    const { code, stderr } = run(...words, '--verify', '--out', whole);
    expect([code, stderr.includes('not heeded')]).toEqual([0, false]);
    const parts = join(work.folder, 'parts.safetensors');
    for (const shard of ['1/2', '2/2']) expect(run(...words, '--shard', shard, '--out', parts).code).toBe(0);
    const joined = join(work.folder, 'joined.safetensors');
    expect(work.run('join', `${parts}.index.json`, '--out', joined).code).toBe(0);
    expect(readFileSync(joined).equals(readFileSync(whole))).toBe(true);
  });

  it('needs a seed where an initializer has none', () => {
    const model = join(work.folder, 'unseeded.json');
    writeFileSync(model, seeded.replace('"seed": 42', '"seed": null'));
    const out = join(work.folder, 'unseeded.safetensors');
    const { code, stderr } = run('init', model, '--stream', 'keras/tensorflow', '--out', out);
    expect(code).toBe(2);
    expect(stderr).toMatch(/"conv\/kernel": seed is missing/);
  });
});
