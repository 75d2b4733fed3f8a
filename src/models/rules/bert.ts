import type { Rule } from './rule';
import { normal } from './sources';

/**
 * BERT (Devlin et al., 2018, https://arxiv.org/abs/1810.04805) under the names of Hugging Face's
 * files and initialized as there: weights normal(0, 0.02), the padding token's embedding, row 0,
 * and biases zeros, layer-norm weights ones. The original's normals are cut at two standard
 * deviations instead (google-research/bert, modeling.py, create_initializer).
 * @see huggingface/transformers, models/bert/modeling_bert.py, _init_weights
 */
export function bert(): Rule[] {
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
