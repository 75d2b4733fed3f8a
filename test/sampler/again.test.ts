import { describe, expect, it } from 'vitest';
import { initModel } from '../../src/models';
import { initializers, Key, Sampler } from '../../src/index';
import { expectAllMadeAgain, expectMadeAgain } from './again';

describe.each(['fast', 'reference'] as const)('a tensor tells what it was made from, %s', async (cpu) => {
  const sampler = await Sampler.create({ backend: 'cpu', cpu, threads: 2 });

  it('so that it can be made again', () => expectAllMadeAgain(sampler));

  it('also those of a model', async () => {
    const tensors = [
      { name: 'a/kernel', shape: [4, 6], initializer: 'glorotUniform' },
      { name: 'a/bias', shape: [6], initializer: [{ shape: [6], initializer: 'ones' }] },
      { name: 'b', shape: [3, 3], initializer: { class_name: 'Orthogonal', config: { gain: 2 } } },
    ];
    const model = await initModel({ tensors }, { seed: 42, dtype: 'float16', sampler });
    for (const [name, tensor] of model.tensors) {
      expect(tensor.name).toBe(name);
      expect(tensor.key.value).toBe(Key.from(42).fold(name).value);
      await expectMadeAgain(sampler, tensor);
    }
  });
});

describe('what a tensor tells', async () => {
  const sampler = await Sampler.create({ backend: 'cpu', threads: 1 });

  it('is its key, with the name in it, and what sampler.check says', async () => {
    const options = { seed: 42, name: 'a/b', dtype: 'float16', math: 'native' } as const;
    const tensor = await sampler.fill('he_normal', [3, 4], options);
    expect(tensor.key.value).toBe(Key.from(42).fold('a/b').value);
    expect(tensor).toMatchObject({
      name: 'a/b',
      math: 'native',
      dtype: 'float16',
      shape: [3, 4],
      initializer: {
        module: 'keras.initializers',
        class_name: 'HeNormal',
        config: { seed: null, input_axes: null, output_axes: null },
        registered_name: null,
      },
    });
    const job = sampler.check('he_normal', [3, 4], options);
    expect([job.key, job.initializer, job.math]).toEqual([tensor.key, tensor.initializer, 'native']);
    // The bits of native normals are those of the device that drew them, and here that is one.
    expect(tensor.initializer).toEqual(initializers.serialize(initializers.heNormal()));
  });

  it('cannot change, whatever becomes of the arguments', async () => {
    const config = { minval: 0, maxval: 1 };
    const part = { shape: [4], initializer: { class_name: 'RandomUniform', config } };
    const parts = [part];
    const tensor = await sampler.fill(parts, [4], { seed: 1 });
    config.maxval = 9;
    part.shape[0] = 9;
    parts.push(part);
    await expectMadeAgain(sampler, tensor);
    const [first] = tensor.initializer as unknown as { initializer: { config: object } }[];
    for (const frozen of [tensor.initializer, first, first.initializer, first.initializer.config])
      expect(Object.isFrozen(frozen)).toBe(true);
    const axes = await sampler.fill(initializers.heNormal({ inputAxes: [0], outputAxes: [1] }), [2, 2], {
      seed: 1,
    });
    const { config: json } = axes.initializer as { config: { input_axes: number[] } };
    expect(() => json.input_axes.push(1)).toThrow(TypeError);
  });

  it('is an initializer of the caller’s own itself, also one that goes by a name of ours', async () => {
    class Louder extends initializers.HeNormal {
      override resolve(): initializers.ConstantDraw {
        return { kind: 'constant', value: 5 };
      }
    }
    const louder = new Louder();
    const posing = {
      className: 'HeNormal',
      resolve: () => ({ kind: 'constant', value: 6 }) as const,
      getConfig: () => ({}),
    };
    const patched = Object.assign(initializers.heNormal(), { resolve: posing.resolve });
    for (const own of [louder, posing, patched]) {
      const tensor = await sampler.fill(own, [2]);
      expect(tensor.initializer).toBe(own);
      await expectMadeAgain(sampler, tensor);
    }
  });

  it('goes through a structured clone', async () => {
    const { initializer, shape, key, dtype, range } = await sampler.fill('he_normal', [4], { seed: 5 });
    const sent = structuredClone({ initializer, shape, seed: key, dtype, range });
    const [again] = await sampler.fillAll([sent]);
    expect(again.key).toEqual(key);
  });
});
