import { type NamedShape, repeat, weight } from './shapes';

/**
 * Llama 3 8B (Dubey et al., 2024, https://arxiv.org/abs/2407.21783) with the names and shapes of Hugging
 * Face's meta-llama/Meta-Llama-3-8B: 32 blocks of width 4096, 32 heads with queries and 8 with keys and
 * values, perceptrons of width 14336, 128256 tokens. Weights are [outputs, inputs].
 */
export function llama3(): NamedShape[] {
  const [layers, width, keys, hidden, vocabulary] = [32, 4096, 1024, 14336, 128256];
  return [
    weight('model.embed_tokens', vocabulary, width),
    ...repeat(layers, (i) => {
      const block = `model.layers.${i}`;
      return [
        weight(`${block}.self_attn.q_proj`, width, width),
        weight(`${block}.self_attn.k_proj`, keys, width),
        weight(`${block}.self_attn.v_proj`, keys, width),
        weight(`${block}.self_attn.o_proj`, width, width),
        weight(`${block}.mlp.gate_proj`, hidden, width),
        weight(`${block}.mlp.up_proj`, hidden, width),
        weight(`${block}.mlp.down_proj`, width, hidden),
        weight(`${block}.input_layernorm`, width),
        weight(`${block}.post_attention_layernorm`, width),
      ];
    }),
    weight('model.norm', width),
    weight('lm_head', vocabulary, width),
  ];
}
