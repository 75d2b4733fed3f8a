import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { elementCount } from '../../src/core/shape';
import { resolveFilling } from '../../src/initializers/resolve';
import { preset } from '../../src/models/presets';
import vectors from '../vectors/transformers/presets.json' with { type: 'json' };

/** The parameters that the publishers of the models, or Hugging Face's pages of their files, say. */
const PUBLISHED: Readonly<Record<string, number>> = {
  'llama-3-8b': 8_030_261_248,
  'llama-3.2-1b': 1_235_814_400,
  'qwen3-0.6b': 596_049_920,
  'gemma-3-1b': 999_885_952,
  'mistral-7b': 7_241_732_096,
  'mixtral-8x7b': 46_702_792_704,
  'whisper-small': 241_734_912,
  'clip-vit-b32': 151_277_313,
  't5-small': 60_506_624,
  'sd-1.5-unet': 859_520_964,
  'convnext-tiny': 28_589_128,
};

describe('the tensors of presets', () => {
  it.each(Object.entries(vectors.models))('of %s are those of transformers or diffusers', (name, model) => {
    const { tensors } = preset(name)!;
    const lines = tensors.map(({ name, shape }) => `${name} ${shape.join()}`);
    lines.sort();
    expect(lines).toHaveLength(model.tensors);
    expect(tensors.reduce((sum, { shape }) => sum + elementCount(shape), 0)).toBe(model.parameters);
    expect(createHash('sha256').update(lines.join('\n')).digest('hex')).toBe(model.sha256);
  });

  it('have as many parameters as published', () => {
    const counts = Object.entries(vectors.models).map(([name, { parameters }]) => [name, parameters]);
    expect(Object.fromEntries(counts)).toEqual(PUBLISHED);
  });

  // What names do not tell: https://huggingface.co/openai/whisper-small config.json has pad_token_id 50257, and
  // google/gemma-3-1b-pt 0. Mistral's has none.
  it.each<[string, string, readonly number[]]>([
    ['whisper-small', 'model.decoder.embed_tokens.weight', [50_257, 1, 1607]],
    ['gemma-3-1b', 'model.embed_tokens.weight', [1, 262_143]],
    ['mistral-7b', 'model.embed_tokens.weight', [32_000]],
  ])('of %s have zeros in the row of the padding', (name, tensor, rows) => {
    const { shape, initializer } = preset(name)!.tensors.find((one) => one.name === tensor)!;
    const { parts } = resolveFilling(initializer, shape);
    expect(parts.map(({ range }) => range.count / shape[1])).toEqual(rows);
    const zeros = parts.filter(({ draw }) => draw.kind === 'constant' && draw.value === 0);
    expect(zeros.map(({ range }) => range.count)).toEqual(rows.includes(1) ? [shape[1]] : []);
  });
});
