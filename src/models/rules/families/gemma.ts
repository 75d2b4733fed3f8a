import { named, skip } from '../sources';
import type { Table } from '../table';
import { transformers } from './transformers';

/**
 * Gemma 1 to 3, without the images of Gemma 3, under the names in Hugging Face's files:
 * - Weights are normal(0, 0.02), where 0.02 is the initializer_range of the configuration.
 * - Norms multiply by 1 + weight, so their weights are zeros.
 * - The row pad_token_id of the embeddings, 0 by default, is zeros.
 * @see huggingface/transformers, models/gemma3/modeling_gemma3.py, _init_weights
 */
export const gemma: Table = {
  name: 'gemma',
  types: ['gemma', 'gemma2', 'gemma3_text'],
  markers: [/(^|\.)layers\.\d+\.self_attn\.q_proj\.weight$/, named('pre_feedforward_layernorm')],
  rules(checkpoint) {
    const modules = {
      linear: '[qkvo]_proj|(gate|up|down)_proj|lm_head|score',
      embedding: 'embed_tokens',
      norm: 'norm|(input|post_attention|(pre|post)_feedforward)_layernorm|[qk]_norm',
    };
    return [
      skip(/(^|\.)rotary_emb\.inv_freq$/),
      ...transformers(checkpoint, modules, {
        norms: 'zeros',
        padding: checkpoint.config.row('pad_token_id', 0),
      }),
    ];
  },
};
