import type { TableRule } from './rule';
import { normal } from './sources';
import type { Table } from './table';

/**
 * BERT (Devlin et al., 2018, https://arxiv.org/abs/1810.04805) under the names in Hugging Face's files,
 * and initialized as Hugging Face does:
 * - Weights are normal(0, 0.02). In the original these normals are cut at two standard deviations
 *   (google-research/bert, modeling.py, create_initializer).
 * - Row 0 of the word embeddings, which is the padding token's, is zeros.
 * - Biases are zeros, and layer-norm weights are ones.
 * @see huggingface/transformers, models/bert/modeling_bert.py, _init_weights
 */
export const bert: Table = {
  name: 'bert',
  types: ['bert'],
  markers: [/embeddings\.word_embeddings\.weight$/, /embeddings\.token_type_embeddings\.weight$/],
  rules,
};

function rules(): TableRule[] {
  const weight = normal(0.02);
  return [
    { pattern: '**.position_ids', skip: true },
    { pattern: /(^|\.)LayerNorm\.(weight|gamma)$/, initializer: 'ones' },
    { pattern: '**.LayerNorm.beta', initializer: 'zeros' },
    { pattern: '**.word_embeddings.weight', initializer: weight, padding: 0 },
    { pattern: '**.weight', minRank: 2, initializer: weight },
    { pattern: '**.bias', initializer: 'zeros' },
  ];
}
