import { ArgumentError } from '../../../core/errors';
import type { Checkpoint } from '../checkpoint';
import type { TableRule } from '../rule';
import { constant, named, normal, zeros } from '../sources';
import type { Table } from '../table';

const BIAS = named('relative_attention_bias');

/**
 * T5 1.0 and 1.1 under the names in Hugging Face's files. Every number is times the initializer_factor of the
 * configuration, 1 by default:
 * - Embeddings and lm_head are normal(0, 1), norms ones.
 * - Of a linear layer with n inputs the standard deviation is 1 / sqrt(n), of the queries 1 / sqrt(n d_kv), and of the
 *   relative attention bias 1 / sqrt(d_model).
 * @see huggingface/transformers, models/t5/modeling_t5.py, _init_weights
 */
export const t5: Table = {
  name: 't5',
  types: ['t5'],
  markers: [named('SelfAttention\\.q'), BIAS],
  rules(checkpoint) {
    const factor = checkpoint.config.number('initializer_factor', 1);
    const headSize = sizeOfHeads(checkpoint);
    const [, width = 1] = checkpoint.shapeOf(named('SelfAttention\\.q')) ?? [];
    const byInputs = (modules: string, each = 1): TableRule => ({
      pattern: named(modules),
      minRank: 2,
      byShape: ([, inputs]) => normal(factor / Math.sqrt(inputs * each)),
    });
    return [
      { pattern: named('(final_)?layer_norm'), initializer: constant(factor) },
      { pattern: named('shared|embed_tokens|lm_head|classifier'), minRank: 2, initializer: normal(factor) },
      { pattern: BIAS, initializer: normal(factor / Math.sqrt(width)) },
      byInputs('(SelfAttention|EncDecAttention)\\.q', headSize),
      byInputs('(SelfAttention|EncDecAttention)\\.[kvo]|w[io]|wi_[01]|qa_outputs|dense|out_proj'),
      zeros(named('qa_outputs|classifier|dense|out_proj', 'bias')),
    ];
  },
};

/**
 * d_kv: what the configuration says, or what the number of heads makes of it, which the relative attention bias has.
 * @throws ArgumentError where neither tells
 */
function sizeOfHeads(checkpoint: Checkpoint): number {
  const said = checkpoint.config.count('d_kv');
  if (said !== undefined) return said;
  const [rows] = checkpoint.shapeOf(named('SelfAttention\\.q')) ?? [];
  const heads = checkpoint.shapeOf(BIAS)?.[1];
  if (rows === undefined) return 1; // There is no attention.
  if (heads === undefined || heads === 0)
    throw new ArgumentError('the rules t5 need d_kv, the size of a head: give the config.json of the model');
  return rows / heads;
}
