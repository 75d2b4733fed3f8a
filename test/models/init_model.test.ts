import { describe, expect, it } from 'vitest';
import { quiet } from '../support/quiet';
import { initializers, Key, Sampler } from '../../src/index';
import { describeModel, type InitializedModel, initModel, type ModelSource } from '../../src/models';

const cpu = { backend: 'cpu' } as const;

async function values(model: InitializedModel): Promise<Record<string, unknown>> {
  const all = await model.getWeights();
  return Object.fromEntries(model.names.map((name, i) => [name, Array.from(all[i])]));
}

const tensors = [
  { name: 'a/kernel', shape: [3, 4], initializer: 'glorot_uniform' },
  { name: 'a/bias', shape: [4], initializer: 'zeros' },
  { name: 'b/kernel', shape: [4, 2], initializer: initializers.randomNormal({ stddev: 2 }) },
];

describe('initModel', () => {
  it('fills each tensor from the stream that the seed and its name give', async () => {
    const model = await initModel({ name: 'm', tensors }, { seed: 7, ...cpu });
    const sampler = await Sampler.create(cpu);
    for (const { name, shape, initializer } of tensors) {
      const alone = await sampler.fill(initializer, shape, { seed: Key.from(7).fold(name) });
      expect(await model.tensors.get(name)!.data()).toEqual(await alone.data());
    }
    expect(model.name).toBe('m');
    expect(model.seed).toBe(7);
    expect(model.names).toEqual(['a/kernel', 'a/bias', 'b/kernel']);
    expect(model.weights.map(({ shape, dtype }) => [shape, dtype])).toEqual([
      [[3, 4], 'float32'],
      [[4], 'float32'],
      [[4, 2], 'float32'],
    ]);
    model.destroy();
  });

  it('gives a tensor the same values whatever the others', async () => {
    const all = await values(await initModel({ tensors }, { seed: 3n, ...cpu }));
    const some = await values(await initModel({ tensors: [tensors[2], tensors[0]] }, { seed: 3n, ...cpu }));
    expect(some).toEqual({ 'b/kernel': all['b/kernel'], 'a/kernel': all['a/kernel'] });
    expect(await values(await initModel({ tensors }, { seed: 4, ...cpu }))).not.toEqual(all);
  });

  it('takes text, bytes, a preset’s name and what describeModel returns', async () => {
    const plain = tensors.slice(0, 2);
    const text = JSON.stringify({ tensors: plain });
    const expected = await values(await initModel({ tensors: plain }, { seed: 1, ...cpu }));
    const bytes = new TextEncoder().encode(text);
    const sources: ModelSource[] = [
      text,
      `\n ${text}`,
      bytes,
      bytes.buffer,
      describeModel(text),
      describeModel({ tensors: plain }),
    ];
    for (const source of sources)
      expect(await values(await initModel(source, { seed: 1, ...cpu }))).toEqual(expected);
    const { tensors: described, name } = describeModel('bert-base');
    expect([name, described.length]).toEqual(['bert-base', 199]);
  });

  it('fills the parts of a tensor by their own initializers, in its one stream', async () => {
    const normal = { class_name: 'RandomNormal', config: {} };
    const parts = [
      { shape: [4], initializer: normal },
      { shape: [3], initializer: 'ones' },
      { shape: [5], initializer: normal },
    ];
    const options = { seed: 5, dtype: 'float16', ...cpu } as const;
    const { whole, cut } = (await values(
      await initModel(
        {
          tensors: [
            { name: 'cut', shape: [12], initializer: parts },
            { name: 'whole', shape: [12], initializer: normal },
          ],
        },
        options,
      ),
    )) as Record<string, number[]>;
    const alone = (await values(
      await initModel({ tensors: [{ name: 'cut', shape: [12], initializer: normal }] }, options),
    )) as Record<string, number[]>;
    expect(cut).toEqual([...alone.cut.slice(0, 4), 0x3c00, 0x3c00, 0x3c00, ...alone.cut.slice(7)]);
    expect(cut).not.toEqual(whole);
  });

  it('takes a dtype for tensors without one of their own', async () => {
    const model = await initModel(
      { tensors: [tensors[0], { ...tensors[1], dtype: 'float16' }] },
      { seed: 1, dtype: 'bfloat16', ...cpu },
    );
    expect(model.weights.map(({ dtype }) => dtype)).toEqual(['bfloat16', 'float16']);
    expect((await model.getWeights()).map((data) => data.constructor.name)).toEqual([
      'Uint16Array',
      'Uint16Array',
    ]);
  });

  it('leaves the caller’s sampler alone', async () => {
    const sampler = await Sampler.create(cpu);
    const model = await initModel({ tensors }, { seed: 1, sampler });
    expect(model.sampler).toBe(sampler);
    model.destroy();
  });

  it('has a summary and a configuration that makes it again', async () => {
    const model = await initModel({ tensors }, { seed: 1, ...cpu });
    expect(model.summary(quiet)).toBe(
      [
        'tensor    shape   dtype    parameters  initializer',
        'a/kernel  [3, 4]  float32          12  glorot_uniform',
        'a/bias    [4]     float32           4  zeros',
        'b/kernel  [4, 2]  float32           8  RandomNormal(mean=0, stddev=2)',
        'Total params: 24 (96.00 B)',
      ].join('\n'),
    );
    expect(model.countParams()).toBe(24);
    expect(await values(await initModel(model.getConfig(), { seed: 1, ...cpu }))).toEqual(
      await values(model),
    );
  });

  it('reports progress and obeys a signal', async () => {
    const shares: number[] = [];
    await initModel(
      { tensors: [{ name: 'w', shape: [600_000], initializer: 'normal' }] },
      { seed: 1, ...cpu, onProgress: (share) => shares.push(share) },
    );
    expect(shares.at(-1)).toBe(1);
    await expect(
      initModel({ tensors }, { seed: 1, ...cpu, signal: AbortSignal.abort(new Error('enough')) }),
    ).rejects.toThrow('enough');
  });

  it.each<[string, unknown, unknown, string]>([
    ['no seed', { tensors }, { backend: 'cpu' }, 'seed is missing: give an integer in [0, 2^64)'],
    ['a seed that is none', { tensors }, { seed: -1 }, 'seed must be an integer in [0, 2^64), got -1'],
    ['an unknown option', { tensors }, { seed: 1, sed: 2 }, 'options has the unknown key "sed"'],
    [
      'no model',
      undefined,
      { seed: 1 },
      "a model must be a preset's name, JSON, bytes or an object, got undefined",
    ],
    ['an unknown preset', 'gpt3', { seed: 1 }, 'there is no preset "gpt3"; presets: gpt2, '],
    [
      'a misspelt preset',
      'GPT-2',
      { seed: 1 },
      'there is no preset "GPT-2"; did you mean gpt2? Presets: gpt2, ',
    ],
    [
      'a device that is missing',
      { tensors },
      { seed: 1, device: undefined },
      'device must be a GPUDevice, got',
    ],
    ['a list', [tensors], { seed: 1 }, 'the model must hold an object with "tensors"'],
    ['a model that refers to itself', circular(), { seed: 1 }, 'the model is nested too deeply'],
    [
      'a name twice',
      { tensors: [tensors[0], tensors[0]] },
      { seed: 1 },
      'the model has two tensors named "a/kernel"',
    ],
    [
      'an initializer with a seed',
      { tensors: [{ ...tensors[0], initializer: initializers.heNormal({ seed: 3 }) }] },
      { seed: 1 },
      'tensor "a/kernel" of the model: its initializer has the seed 3',
    ],
    [
      'a shape that an initializer cannot fill',
      { tensors: [tensors[0], { name: 'q', shape: [3], initializer: 'orthogonal' }] },
      { seed: 1 },
      'tensor "q"',
    ],
    [
      'a value that its type cannot hold',
      {
        tensors: [
          { name: 'q', shape: [3], initializer: { class_name: 'Constant', config: { value: 1e30 } } },
        ],
      },
      { seed: 1, dtype: 'float16' },
      'tensor "q": value must fit float16',
    ],
    ['an unknown type', { tensors }, { seed: 1, dtype: 'float64' }, 'dtype must be one of'],
    [
      'rules for what needs none',
      { tensors },
      { seed: 1, rules: 'torch' },
      'rules are for safetensors headers; the model says itself how',
    ],
    [
      'rules for a preset',
      'gpt2',
      { seed: 1, rules: 'torch' },
      'rules are for safetensors headers; gpt2 says itself how',
    ],
    ['a sampler that is none', { tensors }, { seed: 1, sampler: {} }, 'sampler must be a Sampler, got {}'],
    ['a signal that is none', { tensors }, { seed: 1, signal: 3 }, 'signal must be an AbortSignal'],
  ])('refuses %s in one line', async (_, source, options, message) => {
    const error: unknown = await initModel(source as ModelSource, options as never).catch(
      (error: unknown) => error,
    );
    expect((error as Error).name).toBe('ArgumentError');
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain('\n');
  });

  it('refuses a sampler beside a backend', async () => {
    const sampler = await Sampler.create(cpu);
    await expect(initModel({ tensors }, { seed: 1, sampler, ...cpu })).rejects.toThrow(
      'sampler and device or backend exclude each other',
    );
  });
});

function circular(): object {
  const model: Record<string, unknown> = { name: 'm' };
  model.tensors = [model];
  return model;
}
