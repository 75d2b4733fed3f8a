import { ArgumentError } from '../../../core/errors';
import type { Checkpoint } from '../checkpoint';
import type { TableRule } from '../rule';
import { named, skip, zeros } from '../sources';
import type { Table } from '../table';
import { transformers } from './transformers';

const ATTENTION = /(^|\.)layers\.\d+\.self_attn\.q_proj\.weight$/;
/** What Gemma 2 and 3 have beside the names of Llama. */
const GEMMA = named('pre_feedforward_layernorm');

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
  markers: [ATTENTION, named('mlp\\.gate_proj'), named('input_layernorm')],
  without: [GEMMA, named('[qk]_norm|kv_a_proj_with_mqa')],
  rules(checkpoint) {
    refuseGemma('llama', checkpoint);
    return decoder(checkpoint);
  },
  notes: unlikeGemma,
};

/** Mistral. @see huggingface/transformers, models/mistral/modeling_mistral.py */
export const mistral: Table = {
  ...llama,
  name: 'mistral',
  types: ['mistral'],
  markers: [],
  rules(checkpoint) {
    refuseGemma('mistral', checkpoint);
    return decoder(checkpoint);
  },
};

/**
 * Mixtral, whose experts are filled as its other weights are.
 * @see huggingface/transformers, models/mixtral/modeling_mixtral.py
 */
export const mixtral: Table = {
  name: 'mixtral',
  types: ['mixtral'],
  markers: [ATTENTION, named('block_sparse_moe\\.experts\\.\\d+\\.w1')],
  rules: (checkpoint) => decoder(checkpoint, 'block_sparse_moe\\.(gate|experts\\.\\d+\\.w[123])'),
};

/**
 * Qwen 2 and 3, with a mixture of experts or without.
 * @see huggingface/transformers, models/qwen2/modeling_qwen2.py, models/qwen3_moe/modeling_qwen3_moe.py
 */
export const qwen: Table = {
  name: 'qwen',
  types: ['qwen2', 'qwen3', 'qwen3_moe'],
  markers: [
    ATTENTION,
    /(^|\.)self_attn\.([qk]_norm\.weight|q_proj\.bias)$/,
    named('post_attention_layernorm'),
  ],
  without: [GEMMA, named('self_attn\\.(dense|o_proj)', 'bias')],
  rules: (checkpoint) => decoder(checkpoint, 'mlp\\.gate'),
};

/** Phi-3. @see huggingface/transformers, models/phi3/modeling_phi3.py */
export const phi3: Table = {
  name: 'phi3',
  types: ['phi3'],
  markers: [named('self_attn\\.qkv_proj'), named('mlp\\.gate_up_proj')],
  rules: (checkpoint) => decoder(checkpoint, 'qkv_proj|gate_up_proj', 32000),
};

/**
 * DeepSeek-V3 with its experts. The bias that corrects the router's scores is zeros.
 * @see huggingface/transformers, models/deepseek_v3/modeling_deepseek_v3.py
 */
export const deepseek: Table = {
  name: 'deepseek-v3',
  types: ['deepseek_v3'],
  markers: [named('self_attn\\.kv_a_proj_with_mqa')],
  rules: (checkpoint) => [
    ...further(checkpoint).map((block) => skip((name: string) => name.startsWith(block))),
    zeros(/(^|\.)mlp\.gate\.e_score_correction_bias$/),
    ...decoder(checkpoint, '(q_[ab]|kv_b)_proj|kv_a_proj_with_mqa|mlp\\.gate'),
  ],
  notes: (checkpoint) =>
    further(checkpoint).map(
      (block) => `${block}* predicts further tokens and is left out, as transformers does not load it`,
    ),
};

/** The block that predicts further tokens, which DeepSeek's own files have behind the others. */
function further(checkpoint: Checkpoint): string[] {
  const name = checkpoint.find(/(^|\.)layers\.\d+\.eh_proj\.weight$/);
  return name === undefined ? [] : [name.replace('eh_proj.weight', '')];
}

/** The rules of a decoder with Llama's modules and others. */
function decoder(checkpoint: Checkpoint, more = '[qkvo]_proj', padding?: number): TableRule[] {
  const modules = {
    linear: `[qkvo]_proj|(gate|up|down)_proj|lm_head|score|${more}`,
    embedding: 'embed_tokens',
    norm: 'norm|(input|post_attention|[qk]|q_a|kv_a)_(layer)?norm',
  };
  return [
    skip(/(^|\.)rotary_emb\.inv_freq$/),
    ...transformers(checkpoint, modules, { padding: checkpoint.config.row('pad_token_id', padding) }),
  ];
}

/** Gemma has the same names as Llama. Its files have no lm_head, and its vocabularies these sizes. */
const GEMMA_ROWS = [256_000, 256_128, 262_144, 262_208];

function refuseGemma(rules: string, checkpoint: Checkpoint): void {
  const [rows] = checkpoint.shapeOf(named('embed_tokens')) ?? [];
  if (checkpoint.config.type === undefined && GEMMA_ROWS.includes(rows) && !checkpoint.has(named('lm_head')))
    throw new ArgumentError(
      `the rules ${rules} may not be for this model: Gemma has its names and ${rows} tokens, but norms that begin at 0; ` +
        'give its config.json, or the rules gemma',
    );
}

function unlikeGemma({ config }: Checkpoint): string[] {
  return config.type === undefined
    ? ['names alone do not tell Llama from Gemma, whose norms begin at 0: a config.json would']
    : [];
}
