import type { Checkpoint } from '../checkpoint';
import type { TableRule } from '../rule';
import { named, normal, skip, zeros } from '../sources';
import type { Table } from '../table';
import { transformers } from './transformers';

const MODULES = {
  linear: 'query|key|value|dense|pooler|seq_relationship|classifier|decoder|qa_outputs|out_proj',
  embedding: '(word|position|token_type)_embeddings',
  norm: 'LayerNorm|layer_norm',
};

/**
 * BERT (Devlin et al., 2018, https://arxiv.org/abs/1810.04805) under the names in Hugging Face's files,
 * and initialized as Hugging Face does:
 * - Weights are normal(0, 0.02), where 0.02 is the initializer_range of the configuration. In the original these
 *   normals are cut at two standard deviations (google-research/bert, modeling.py, create_initializer).
 * - Row 0 of the word embeddings, which is the padding token's, is zeros.
 * - Biases are zeros, and layer-norm weights are ones.
 * @see huggingface/transformers, models/bert/modeling_bert.py, _init_weights
 */
export const bert: Table = {
  name: 'bert',
  types: ['bert'],
  markers: [named('embeddings\\.token_type_embeddings'), named('attention\\.self\\.query')],
  without: [/^roberta\.|(^|\.)lm_head\./],
  rules: (checkpoint) => encoder(checkpoint, 'word_embeddings', 0),
  notes: (checkpoint) =>
    checkpoint.config.type !== undefined || checkpoint.has(/^(bert|cls)\./)
      ? []
      : ['names alone do not tell BERT from RoBERTa, whose padding token has row 1: a config.json would'],
};

/**
 * RoBERTa, which has BERT's names: the row of the padding token, 1 by default, is zeros in the
 * embeddings of positions, too.
 * @see huggingface/transformers, models/roberta/modeling_roberta.py
 */
export const roberta: Table = {
  name: 'roberta',
  types: ['roberta'],
  markers: [named('embeddings\\.token_type_embeddings'), /^roberta\.|(^|\.)lm_head\.dense\./],
  rules: (checkpoint) => encoder(checkpoint, '(word|position)_embeddings', 1),
};

function encoder(checkpoint: Checkpoint, padded: string, padding: number): TableRule[] {
  return [
    skip(/(^|\.)(position|token_type)_ids$/),
    zeros(/(^|\.)(predictions|lm_head)\.(decoder\.)?bias$/),
    ...transformers(checkpoint, MODULES, {
      padded,
      padding: checkpoint.config.row('pad_token_id', padding),
    }),
  ];
}

/** How transformers makes the positions of DistilBERT. */
const INTERLEAVED = { class_name: 'Sinusoidal', config: { layout: 'interleaved' } };

/**
 * DistilBERT. Its positions are drawn as all weights are, unless the configuration has sinusoidal_pos_embds.
 * @see huggingface/transformers, models/distilbert/modeling_distilbert.py, _init_weights
 */
export const distilbert: Table = {
  name: 'distilbert',
  types: ['distilbert'],
  markers: [named('attention\\.q_lin'), named('ffn\\.lin1')],
  rules(checkpoint) {
    const modules = {
      linear: '([qkv]|out)_lin|lin[12]|vocab_transform|(pre_)?classifier|qa_outputs',
      embedding: '(word|position)_embeddings',
      norm: 'LayerNorm|\\w+_layer_norm',
    };
    const { config } = checkpoint;
    const sinusoidal = config.flag('sinusoidal_pos_embds', false);
    return [
      skip(/(^|\.)position_ids$/),
      zeros(named('vocab_projector', 'bias')),
      ...(sinusoidal ? [{ pattern: named('position_embeddings'), initializer: INTERLEAVED }] : []),
      ...transformers(checkpoint, modules, {
        padded: 'word_embeddings',
        padding: config.row('pad_token_id', 0),
      }),
      { pattern: named('vocab_projector'), initializer: normal(config.number('initializer_range', 0.02)) },
    ];
  },
};
