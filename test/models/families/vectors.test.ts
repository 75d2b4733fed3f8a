import { describe, expect, it } from 'vitest';
import { Sampler } from '../../../src/index';
import { describeModel } from '../../../src/models/index';
import {
  type Checkpoint,
  checkpoints,
  checkpointsOf,
  expectFilling,
  expectValues,
  type Fill,
} from './vectors';

/** The tensors of a checkpoint that a published table fills, with what they should be. */
function expectTable(checkpoint: Checkpoint, rules: string): void {
  const { tensors } = describeModel(checkpoint.header, { rules });
  expect(tensors.length).toBeGreaterThan(10);
  for (const tensor of tensors) expectFilling(tensor, checkpoint.expected.get(tensor.name)!);
}

describe('the vectors of families', () => {
  it('have headers without gaps, and distinct names', () => {
    for (const { family, variant, header, expected } of checkpoints) {
      const entries = Object.values(header);
      expect(entries.length, `${family} ${variant}`).toBe(expected.size);
      expect(entries.slice(1).map(({ data_offsets }) => data_offsets[0])).toEqual(
        entries.slice(0, -1).map(({ data_offsets }) => data_offsets[1]),
      );
      expect(Object.keys(header).filter((name) => name.includes('*'))).toEqual([]);
    }
  });

  it('agree with the tables for their own files', () => {
    for (const checkpoint of checkpointsOf('gpt2').filter(({ variant }) => variant !== 'wide'))
      expectTable(checkpoint, 'gpt2');
    expectTable(checkpointsOf('llama')[0], 'llama');
    expectTable(checkpointsOf('bert')[0], 'bert');
    expectTable(checkpointsOf('vit', 'torchvision')[0], 'vit');
    expectTable(checkpointsOf('resnet', 'torchvision')[0], 'resnet');
  });

  it('find another deviation', () => {
    const wide = checkpointsOf('gpt2').find(({ variant }) => variant === 'wide')!;
    expect(() => expectTable(wide, 'gpt2')).toThrow('c_attn.weight');
  });
});

describe('expectFilling', () => {
  const hold = (initializer: object, expected: Fill): void =>
    expectFilling({ name: 'w', shape: [4, 6], initializer: initializer as never }, expected);
  const uniform = { class_name: 'RandomUniform', config: { minval: -0.5, maxval: 0.5 } };

  it('takes numbers that are near', () => {
    hold(uniform, { uniform: [-0.5, 0.5 + 1e-8] });
    expect(() => hold(uniform, { uniform: [-0.5, 0.5 + 1e-5] })).toThrow();
    expect(() => hold(uniform, { normal: 0.5 })).toThrow();
    expect(() => hold(uniform, 'zeros')).toThrow();
  });

  it('holds each part', () => {
    const zeros = { initializer: 'zeros', shape: [6] };
    const rest = { initializer: uniform, shape: [18] };
    const fill: Fill = { uniform: [-0.5, 0.5] };
    const held = (parts: (readonly [number, Fill])[]): void =>
      expectFilling({ name: 'w', shape: [4, 6], initializer: [zeros, rest] as never }, { parts });
    held([
      [6, 'zeros'],
      [18, fill],
    ]);
    expect(() =>
      held([
        [12, 'zeros'],
        [12, fill],
      ]),
    ).toThrow();
  });
});

describe('expectValues', () => {
  it('holds values against the steps of Mamba, and against a table', async () => {
    const sampler = await Sampler.create({ backend: 'cpu' });
    const tensor = { name: 'w', shape: [64], initializer: 'ones' };
    await expectValues(sampler, tensor, { table: [1, 1], at: [0, 63] });
    await expect(expectValues(sampler, tensor, { table: [1, 2], at: [0, 63] })).rejects.toThrow('w at 63');
    const [mamba] = checkpointsOf('mamba');
    const steps = mamba.expected.get('backbone.layers.0.mixer.dt_proj.bias')!;
    await expect(expectValues(sampler, tensor, steps)).rejects.toThrow();
    sampler.destroy();
  });
});
