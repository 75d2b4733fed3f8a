import { ArgumentError } from '../../core/errors';
import type { Rule } from './rule';
import { normal } from './sources';

const STDDEV = 0.02;

/**
 * GPT-2 (Radford et al., "Language Models are Unsupervised Multitask Learners", 2019) under the names in
 * Hugging Face's files, with or without a prefix:
 * - Weights are normal(0, 0.02).
 * - Weights that write into the residual stream are normal(0, 0.02 / sqrt(n)). Here n is the number of
 *   additions to the stream, which is twice the number of blocks among the names.
 * - Biases are zeros, and layer-norm weights are ones.
 * - The causal masks in older files are left out.
 * @see huggingface/transformers, models/gpt2/modeling_gpt2.py, _init_weights
 */
export function gpt2(names: readonly string[]): Rule[] {
  const residual = normal(STDDEV / Math.sqrt(2 * countBlocks(names)));
  return [
    { pattern: '**.attn.bias', skip: true },
    { pattern: '**.*attn*.masked_bias', skip: true },
    { pattern: '**.ln_*.weight', initializer: 'ones' },
    { pattern: '**.c_proj.weight', initializer: residual },
    { pattern: '**.weight', minRank: 2, initializer: normal(STDDEV) },
    { pattern: '**.bias', initializer: 'zeros' },
  ];
}

/** The number of blocks among the names, but at least 1, so that names without a block have rules, too. */
function countBlocks(names: readonly string[]): number {
  const blocks = new Set(names.flatMap((name) => /(?:^|\.)h\.(\d+)\./.exec(name)?.[1] ?? []).map(Number));
  for (let i = 0; i < blocks.size; i++) {
    if (!blocks.has(i))
      throw new ArgumentError(
        `the rules gpt2 count the blocks, but h.${i} is missing: give the header of the whole model`,
      );
  }
  return Math.max(blocks.size, 1);
}
