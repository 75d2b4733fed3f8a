import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Dtype, Sampler } from '../../src/index';
import { kerasTorch, torch } from '../../src/streams';
import { bytesOf } from '../support/patterns';
import vectors from '../vectors/torch/keras_initializers.json';

const sampler = await Sampler.create({ backend: 'cpu' });

describe('Keras on the backend torch, bit for bit', () => {
  it.each(vectors.cases)('$className $config in $shape of $dtype', async (one) => {
    const { className, config, shape, first, sha256 } = one;
    const dtype = one.dtype as Dtype;
    const tensor = await sampler.fill({ class_name: className, config }, shape, {
      stream: kerasTorch,
      dtype,
    });
    const bytes = await bytesOf(tensor);
    const patterns = dtype === 'float32' ? new Uint32Array(bytes.buffer) : new Uint16Array(bytes.buffer);
    expect([...patterns.subarray(0, first.length)]).toEqual(first);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  });

  it('refuses another cut, and a generator of torch', async () => {
    const draw = { className: 'Cut', getConfig: () => ({}) };
    const resolve = () => ({ kind: 'truncated_normal', mean: 0, stddev: 1, lower: -1, upper: 2 }) as const;
    expect(() => sampler.check({ ...draw, resolve }, [2], { stream: kerasTorch, seed: 0 })).toThrow(
      'the stream keras/torch cuts normals at -2 and 2 standard deviations, got -1 and 2',
    );
    expect(() =>
      sampler.check('he_normal', [2, 2], { stream: kerasTorch, seed: torch.manualSeed(0) }),
    ).toThrow('seed must be of the stream keras/torch, got one of torch');
  });

  it('says that each initializer needs a seed, instead of a name or a generator', () => {
    expect(() => sampler.check('he_normal', [2, 2], { stream: kerasTorch, seed: 0, name: 'a/b' })).toThrow(
      'the stream keras/torch derives no keys from names or integers: each tensor\'s initializer needs a seed of its own, got "a/b"',
    );
    expect(() => kerasTorch.keyOf(0.5)).toThrow(
      'seed must be an integer in [-2^63, 2^64) or a key of keras/torch, got 0.5',
    );
  });

  it('has keys that survive JSON and structuredClone', async () => {
    const key = kerasTorch.keyOf(5);
    const want = await bytesOf(await sampler.fill('he_normal', [3, 2], { seed: key }));
    for (const copy of [JSON.parse(JSON.stringify(key)), structuredClone(key)]) {
      const tensor = await sampler.fill('he_normal', [3, 2], { seed: copy as never, stream: kerasTorch });
      expect(await bytesOf(tensor)).toEqual(want);
    }
  });
});
