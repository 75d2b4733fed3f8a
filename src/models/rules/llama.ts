import { ArgumentError } from '../../core/errors';
import type { Checkpoint } from './checkpoint';
import type { TableRule } from './rule';
import { named, normal, ones, skip, zeros } from './sources';
import type { Table } from './table';

/**
 * Llama and models that are initialized like it, under the names in Hugging Face's files:
 * - Weights are normal(0, 0.02), where 0.02 is the initializer_range of the configuration.
 * - RMS-norm weights are ones, and biases, where there are any, are zeros.
 * - The row pad_token_id of the embeddings is zeros, where the configuration has one.
 * - The rotary frequencies in older files are left out.
 * @see huggingface/transformers, models/llama/modeling_llama.py
 */
export const llama: Table = {
  name: 'llama',
  types: ['llama'],
  markers: [
    /(^|\.)layers\.\d+\.self_attn\.q_proj\.weight$/,
    named('mlp\\.gate_proj'),
    named('input_layernorm'),
  ],
  rules,
  notes,
};

function rules(checkpoint: Checkpoint): TableRule[] {
  refuseGemma(checkpoint);
  const { config } = checkpoint;
  const initializer = normal(config.number('initializer_range', 0.02));
  const linear = '[qkvo]_proj|(gate|up|down)_proj|lm_head|score';
  return [
    skip(/(^|\.)rotary_emb\.inv_freq$/),
    { pattern: named('embed_tokens'), initializer, padding: config.row('pad_token_id') },
    ones(named('norm|(input|post_attention)_layernorm|[qk]_norm')),
    { pattern: named(linear), minRank: 2, initializer },
    zeros(named(linear, 'bias')),
  ];
}

/** Gemma has the same names as Llama. Its files have no lm_head, and its vocabularies these sizes. */
const GEMMA_ROWS = [256_000, 256_128, 262_144, 262_208];

function refuseGemma(checkpoint: Checkpoint): void {
  const [rows] = checkpoint.shapeOf(named('embed_tokens')) ?? [];
  if (checkpoint.config.type === undefined && GEMMA_ROWS.includes(rows) && !checkpoint.has(named('lm_head')))
    throw new ArgumentError(
      `the rules llama may not be for this model: Gemma has its names and ${rows} tokens, but norms that begin at 0; ` +
        'give its config.json, or the rules gemma',
    );
}

function notes({ config }: Checkpoint): string[] {
  return config.type === undefined
    ? ['names alone do not tell Llama from Gemma, whose norms begin at 0: a config.json would']
    : [];
}
