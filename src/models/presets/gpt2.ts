import { type NamedShape, repeat, weight, withBias } from './shapes';

export interface Gpt2Size {
  readonly layers: number;
  /** The width of the residual stream. */
  readonly width: number;
}

const VOCABULARY = 50257;
const POSITIONS = 1024;

/**
 * GPT-2 with the names and shapes of Hugging Face's openai-community/gpt2*. Linear weights are
 * [inputs, outputs]. The head of the language model is the token embedding, and so has no tensor.
 */
export function gpt2({ layers, width }: Gpt2Size): NamedShape[] {
  const linear = (name: string, inputs: number, outputs: number): NamedShape[] =>
    withBias(name, [inputs, outputs], outputs);
  return [
    weight('wte', VOCABULARY, width),
    weight('wpe', POSITIONS, width),
    ...repeat(layers, (i) => [
      ...withBias(`h.${i}.ln_1`, [width]),
      ...linear(`h.${i}.attn.c_attn`, width, 3 * width),
      ...linear(`h.${i}.attn.c_proj`, width, width),
      ...withBias(`h.${i}.ln_2`, [width]),
      ...linear(`h.${i}.mlp.c_fc`, width, 4 * width),
      ...linear(`h.${i}.mlp.c_proj`, 4 * width, width),
    ]),
    ...withBias('ln_f', [width]),
  ];
}
