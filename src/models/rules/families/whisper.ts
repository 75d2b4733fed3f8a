import { constant, named } from '../sources';
import type { Table } from '../table';
import { transformers } from './transformers';

/**
 * Whisper under the names in Hugging Face's files:
 * - Weights are normal(0, 0.02), where 0.02 is the init_std of the configuration, biases zeros, norms ones.
 * - The positions of the encoder are sinusoids, those of the decoder drawn as weights are.
 * - The row pad_token_id of the decoder's embeddings, 50256 by default, is zeros.
 * - A classifier weighs all layers alike.
 * @see huggingface/transformers, models/whisper/modeling_whisper.py, _init_weights
 */
export const whisper: Table = {
  name: 'whisper',
  types: ['whisper'],
  markers: [named('encoder\\.conv2'), named('encoder\\.embed_positions')],
  rules: (checkpoint) => [
    {
      pattern: named('encoder\\.embed_positions'),
      initializer: { class_name: 'Sinusoidal', config: { layout: 'halves', endpoint: true } },
    },
    { pattern: /^layer_weights$/, byShape: ([layers]) => constant(1 / layers) },
    ...transformers(
      checkpoint,
      {
        linear: '([qkv]|out)_proj|fc[12]|conv[12]|proj_out|projector|classifier',
        embedding: 'embed_(tokens|positions)',
        norm: '((self|encoder)_attn_|final_)?layer_norm',
      },
      {
        stddev: 'init_std',
        padded: 'embed_tokens',
        padding: checkpoint.config.row('pad_token_id', 50256),
      },
    ),
  ],
};
