import { describe, expect, it } from 'vitest';
import { preset, PRESETS } from '../../src/models/presets';
import { elementCount } from '../../src/shape';

const parameters = (name: string): number => preset(name)!.tensors.reduce((sum, { shape }) => sum + elementCount(shape), 0);

describe('the GPT-2 presets', () => {
  // Tensors without the causal masks, and parameters, of openai-community/gpt2* on Hugging Face.
  it.each([
    ['gpt2', 148, 124_439_808],
    ['gpt2-medium', 292, 354_823_168],
    ['gpt2-large', 436, 774_030_080],
    ['gpt2-xl', 580, 1_557_611_200],
  ])('%s has %i tensors and %i parameters', (name, tensors, count) => {
    const model = preset(name)!;
    expect(model.name).toBe(name);
    expect(model.tensors).toHaveLength(tensors);
    expect(new Set(model.tensors.map((tensor) => tensor.name)).size).toBe(tensors);
    expect(parameters(name)).toBe(count);
  });

  it('gpt2 names, shapes and fills its tensors as published', () => {
    const rows = preset('gpt2')!.tensors.map(({ name, shape, initializer }) => [name, shape, initializer] as const);
    const normal = { class_name: 'RandomNormal', config: { mean: 0, stddev: 0.02 } };
    const residual = { class_name: 'RandomNormal', config: { mean: 0, stddev: 0.004082482904638631 } }; // 0.02 / sqrt(24)
    expect(rows.slice(0, 2)).toEqual([
      ['wte.weight', [50257, 768], normal],
      ['wpe.weight', [1024, 768], normal],
    ]);
    for (let layer = 0; layer < 12; layer++) {
      expect(rows.slice(2 + 12 * layer, 14 + 12 * layer)).toEqual([
        [`h.${layer}.ln_1.weight`, [768], 'ones'],
        [`h.${layer}.ln_1.bias`, [768], 'zeros'],
        [`h.${layer}.attn.c_attn.weight`, [768, 2304], normal],
        [`h.${layer}.attn.c_attn.bias`, [2304], 'zeros'],
        [`h.${layer}.attn.c_proj.weight`, [768, 768], residual],
        [`h.${layer}.attn.c_proj.bias`, [768], 'zeros'],
        [`h.${layer}.ln_2.weight`, [768], 'ones'],
        [`h.${layer}.ln_2.bias`, [768], 'zeros'],
        [`h.${layer}.mlp.c_fc.weight`, [768, 3072], normal],
        [`h.${layer}.mlp.c_fc.bias`, [3072], 'zeros'],
        [`h.${layer}.mlp.c_proj.weight`, [3072, 768], residual],
        [`h.${layer}.mlp.c_proj.bias`, [768], 'zeros'],
      ]);
    }
    expect(rows.slice(146)).toEqual([
      ['ln_f.weight', [768], 'ones'],
      ['ln_f.bias', [768], 'zeros'],
    ]);
  });

  it('are found by name only', () => {
    expect(PRESETS).toEqual(['gpt2', 'gpt2-medium', 'gpt2-large', 'gpt2-xl']);
    for (const name of ['', 'GPT2', 'constructor', '__proto__']) expect(preset(name)).toBeUndefined();
  });
});
