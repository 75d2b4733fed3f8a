import { describe, expect, it } from 'vitest';
import type { Draw } from '../../src/distributions/draw';
import { resolveFilling } from '../../src/initializers/resolve';
import { preset, PRESETS } from '../../src/models/presets';
import { elementCount } from '../../src/core/shape';

const parameters = (name: string): number =>
  preset(name)!.tensors.reduce((sum, { shape }) => sum + elementCount(shape), 0);

type Row = readonly [name: string, shape: readonly number[], draw: Draw | readonly Draw[]];

/** Every tensor with what it draws: a list for one in parts. */
function rowsOf(name: string): Row[] {
  return preset(name)!.tensors.map(({ name, shape, initializer }) => {
    const draws = resolveFilling(initializer, shape).parts.map(({ draw }) => draw);
    return [name, shape, draws.length === 1 ? draws[0] : draws] as const;
  });
}

const constant = (value: number): Draw => ({ kind: 'constant', value });
const normal = (stddev: number): Draw => ({ kind: 'normal', mean: 0, stddev });
const within = (limit: number): Draw => ({
  kind: 'uniform',
  low: expect.closeTo(-limit, 12),
  high: expect.closeTo(limit, 12),
});

/** A layer norm's or a batch norm's two. */
const norm = (name: string, size: number): Row[] => [
  [`${name}.weight`, [size], constant(1)],
  [`${name}.bias`, [size], constant(0)],
];

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
    const rows = preset('gpt2')!.tensors.map(
      ({ name, shape, initializer }) => [name, shape, initializer] as const,
    );
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
});

describe('llama-3-8b', () => {
  const rows = rowsOf('llama-3-8b');

  // model.safetensors.index.json of meta-llama/Meta-Llama-3-8B: 291 names, total_size 16060522496 bytes of bfloat16.
  it('has the published tensors and parameters', () => {
    expect(rows).toHaveLength(291);
    expect(parameters('llama-3-8b')).toBe(16_060_522_496 / 2);
  });

  it('names, shapes and fills them as published', () => {
    const weight = normal(0.02);
    const all = new Map(rows.map(([name, ...row]) => [name, row]));
    expect(all.size).toBe(rows.length);
    const rest = [
      ['model.embed_tokens', [128256, 4096]],
      ['lm_head', [128256, 4096]],
    ] as const;
    for (const [name, shape] of rest) expect(all.get(`${name}.weight`)).toEqual([shape, weight]);
    expect(all.get('model.norm.weight')).toEqual([[4096], constant(1)]);
    for (let layer = 0; layer < 32; layer++) {
      const of = (name: string): unknown => all.get(`model.layers.${layer}.${name}.weight`);
      expect(of('input_layernorm')).toEqual([[4096], constant(1)]);
      expect(of('mlp.down_proj')).toEqual([[4096, 14336], weight]);
      expect(of('mlp.gate_proj')).toEqual([[14336, 4096], weight]);
      expect(of('mlp.up_proj')).toEqual([[14336, 4096], weight]);
      expect(of('post_attention_layernorm')).toEqual([[4096], constant(1)]);
      expect(of('self_attn.k_proj')).toEqual([[1024, 4096], weight]);
      expect(of('self_attn.o_proj')).toEqual([[4096, 4096], weight]);
      expect(of('self_attn.q_proj')).toEqual([[4096, 4096], weight]);
      expect(of('self_attn.v_proj')).toEqual([[1024, 4096], weight]);
    }
  });
});

describe('resnet50', () => {
  const rows = rowsOf('resnet50');
  const buffers = rows.filter(([name]) => name.includes('.running_'));

  // torchvision's ResNet50_Weights: num_params 25557032. Its 53 batch norms have 26,560 channels.
  it('has the published parameters, and batch norm’s buffers', () => {
    expect(rows).toHaveLength(161 + 2 * 53);
    expect(buffers).toHaveLength(2 * 53);
    expect(parameters('resnet50')).toBe(25_557_032 + 2 * 26_560);
    expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length);
  });

  // He et al.: variance 2 / fan out, which is outputs * height * width.
  it('names, shapes and fills its tensors as torchvision', () => {
    const batchNorm = (name: string, size: number): Row[] => [
      ...norm(name, size),
      [`${name}.running_mean`, [size], constant(0)],
      [`${name}.running_var`, [size], constant(1)],
    ];
    expect(rows.slice(0, 5)).toEqual([
      ['conv1.weight', [64, 3, 7, 7], normal(Math.sqrt(2 / (64 * 49)))],
      ...batchNorm('bn1', 64),
    ]);
    const first = rows.findIndex(([name]) => name === 'layer2.0.conv1.weight');
    expect(rows.slice(first, first + 20)).toEqual([
      ['layer2.0.conv1.weight', [128, 256, 1, 1], normal(Math.sqrt(2 / 128))],
      ...batchNorm('layer2.0.bn1', 128),
      ['layer2.0.conv2.weight', [128, 128, 3, 3], normal(Math.sqrt(2 / (128 * 9)))],
      ...batchNorm('layer2.0.bn2', 128),
      ['layer2.0.conv3.weight', [512, 128, 1, 1], normal(Math.sqrt(2 / 512))],
      ...batchNorm('layer2.0.bn3', 512),
      ['layer2.0.downsample.0.weight', [512, 256, 1, 1], normal(Math.sqrt(2 / 512))],
      ...batchNorm('layer2.0.downsample.1', 512),
    ]);
    const blocks = new Set(rows.flatMap(([name]) => /^layer(\d\.\d)\./.exec(name)?.[1] ?? []));
    expect([...blocks]).toEqual([
      '1.0',
      '1.1',
      '1.2',
      '2.0',
      '2.1',
      '2.2',
      '2.3',
      '3.0',
      '3.1',
      '3.2',
      '3.3',
      '3.4',
      '3.5',
      '4.0',
      '4.1',
      '4.2',
    ]);
    expect(rows.filter(([name]) => /downsample\.0/.test(name)).map(([name]) => name[5])).toEqual([
      '1',
      '2',
      '3',
      '4',
    ]);
    expect(rows.slice(-2)).toEqual([
      ['fc.weight', [1000, 2048], within(1 / Math.sqrt(2048))],
      ['fc.bias', [1000], within(1 / Math.sqrt(2048))],
    ]);
  });
});

describe('vit-b16', () => {
  const rows = rowsOf('vit-b16');

  // torchvision's ViT_B_16_Weights: num_params 86567656.
  it('has the published parameters', () => {
    expect(rows).toHaveLength(4 + 12 * 12 + 4);
    expect(parameters('vit-b16')).toBe(86_567_656);
  });

  it('names, shapes and fills its tensors as torchvision', () => {
    const [width, hidden] = [768, 3072];
    expect(rows.slice(0, 4)).toEqual([
      ['class_token', [1, 1, width], constant(0)],
      ['conv_proj.weight', [width, 3, 16, 16], normal(Math.sqrt(1 / 768))],
      ['conv_proj.bias', [width], constant(0)],
      ['encoder.pos_embedding', [1, 197, width], normal(0.02)],
    ]);
    for (let layer = 0; layer < 12; layer++) {
      const block = `encoder.layers.encoder_layer_${layer}`;
      expect(rows.slice(4 + 12 * layer, 16 + 12 * layer)).toEqual([
        ...norm(`${block}.ln_1`, width),
        [`${block}.self_attention.in_proj_weight`, [3 * width, width], within(Math.sqrt(6 / (4 * width)))],
        [`${block}.self_attention.in_proj_bias`, [3 * width], constant(0)],
        [`${block}.self_attention.out_proj.weight`, [width, width], within(1 / Math.sqrt(width))],
        [`${block}.self_attention.out_proj.bias`, [width], constant(0)],
        ...norm(`${block}.ln_2`, width),
        [`${block}.mlp.0.weight`, [hidden, width], within(Math.sqrt(6 / (width + hidden)))],
        [`${block}.mlp.0.bias`, [hidden], normal(1e-6)],
        [`${block}.mlp.3.weight`, [width, hidden], within(Math.sqrt(6 / (width + hidden)))],
        [`${block}.mlp.3.bias`, [width], normal(1e-6)],
      ]);
    }
    expect(rows.slice(148)).toEqual([
      ...norm('encoder.ln', width),
      ['heads.head.weight', [1000, width], constant(0)],
      ['heads.head.bias', [1000], constant(0)],
    ]);
  });
});

describe('bert-base', () => {
  const rows = rowsOf('bert-base');

  // sum(p.numel() for p in BertModel.from_pretrained('bert-base-uncased').parameters())
  it('has the published parameters', () => {
    expect(rows).toHaveLength(5 + 12 * 16 + 2);
    expect(parameters('bert-base')).toBe(109_482_240);
  });

  it('names, shapes and fills its tensors as Hugging Face’s BertModel', () => {
    const weight = normal(0.02);
    const linear = (name: string, outputs: number, inputs: number): Row[] => [
      [`${name}.weight`, [outputs, inputs], weight],
      [`${name}.bias`, [outputs], constant(0)],
    ];
    expect(rows.slice(0, 5)).toEqual([
      ['embeddings.word_embeddings.weight', [30522, 768], [constant(0), weight]],
      ['embeddings.position_embeddings.weight', [512, 768], weight],
      ['embeddings.token_type_embeddings.weight', [2, 768], weight],
      ...norm('embeddings.LayerNorm', 768),
    ]);
    for (let layer = 0; layer < 12; layer++) {
      const block = `encoder.layer.${layer}`;
      expect(rows.slice(5 + 16 * layer, 21 + 16 * layer)).toEqual([
        ...['query', 'key', 'value'].flatMap((one) => linear(`${block}.attention.self.${one}`, 768, 768)),
        ...linear(`${block}.attention.output.dense`, 768, 768),
        ...norm(`${block}.attention.output.LayerNorm`, 768),
        ...linear(`${block}.intermediate.dense`, 3072, 768),
        ...linear(`${block}.output.dense`, 768, 3072),
        ...norm(`${block}.output.LayerNorm`, 768),
      ]);
    }
    expect(rows.slice(197)).toEqual(linear('pooler.dense', 768, 768));
  });
});

describe('presets', () => {
  it('are found by name only', () => {
    expect(PRESETS).toEqual([
      'gpt2',
      'gpt2-medium',
      'gpt2-large',
      'gpt2-xl',
      'llama-3-8b',
      'llama-3.2-1b',
      'qwen3-0.6b',
      'gemma-3-1b',
      'mistral-7b',
      'mixtral-8x7b',
      'bert-base',
      'resnet50',
      'vit-b16',
      't5-small',
      'whisper-small',
      'clip-vit-b32',
      'convnext-tiny',
      'sd-1.5-unet',
    ]);
    for (const name of ['', 'GPT2', 'constructor', '__proto__']) expect(preset(name)).toBeUndefined();
  });
});
