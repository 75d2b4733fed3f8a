import type { Checkpoint } from '../checkpoint';
import type { TableRule } from '../rule';
import { named, normal, ones, skip, zeros } from '../sources';
import type { Table } from '../table';

/**
 * GPT-2 (Radford et al., "Language Models are Unsupervised Multitask Learners", 2019) under the names in
 * Hugging Face's files, with or without a prefix:
 * - Weights are normal(0, 0.02), where 0.02 is the initializer_range of the configuration.
 * - Weights that write into the residual stream are normal(0, 0.02 / sqrt(n)). Here n is the number of
 *   additions to the stream, which is twice the number of blocks.
 * - Biases are zeros, and layer-norm weights are ones.
 * - The causal masks in older files are left out.
 * @see huggingface/transformers, models/gpt2/modeling_gpt2.py, _init_weights
 */
export const gpt2: Table = {
  name: 'gpt2',
  types: ['gpt2'],
  markers: [/(^|\.)wpe\.weight$/, /(^|\.)h\.\d+\.attn\.c_attn\.weight$/],
  rules,
};

function rules(checkpoint: Checkpoint): TableRule[] {
  const stddev = checkpoint.config.number('initializer_range', 0.02);
  const blocks = checkpoint.blocks('gpt2', 'n_layer', /(?:^|\.)(h)\.(\d+)\./);
  const modules = 'wte|wpe|lm_head|score|c_attn|q_attn|c_fc|c_proj|summary|classifier';
  return [
    skip(/(^|\.)(cross)?att(n|ention)\.(masked_)?bias$/),
    ones(named('ln_\\w+')),
    { pattern: named('c_proj'), initializer: normal(stddev / Math.sqrt(2 * blocks)) },
    { pattern: named(modules), minRank: 2, initializer: normal(stddev) },
    zeros(named(`ln_\\w+|${modules}`, 'bias')),
  ];
}
