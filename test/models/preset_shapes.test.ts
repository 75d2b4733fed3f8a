import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { elementCount } from '../../src/core/shape';
import { clipVitB32 } from '../../src/models/presets/clip';
import { convnextTiny } from '../../src/models/presets/convnext';
import { decoder, DECODERS } from '../../src/models/presets/decoder';
import type { NamedShape } from '../../src/models/presets/shapes';
import { t5Small } from '../../src/models/presets/t5';
import { stableDiffusionUnet } from '../../src/models/presets/unet';
import { whisperSmall } from '../../src/models/presets/whisper';
import vectors from '../vectors/transformers/presets.json' with { type: 'json' };

const OTHERS: Readonly<Record<string, () => NamedShape[]>> = {
  'whisper-small': whisperSmall,
  'clip-vit-b32': clipVitB32,
  't5-small': t5Small,
  'sd-1.5-unet': stableDiffusionUnet,
  'convnext-tiny': convnextTiny,
};

const shapesOf = (name: string): readonly NamedShape[] =>
  name in DECODERS ? decoder(DECODERS[name as keyof typeof DECODERS]) : OTHERS[name]();

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
    const tensors = shapesOf(name);
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
});
