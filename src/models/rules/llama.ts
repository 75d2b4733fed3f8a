import type { Rule } from './rule';
import { normal } from './sources';

/**
 * Llama and related models under the names in Hugging Face's files:
 * - Weights are normal(0, 0.02), where 0.02 is the initializer_range of the configuration.
 * - RMS-norm weights are ones, and biases, where there are any, are zeros.
 * - The rotary frequencies in older files are left out.
 * @see huggingface/transformers, models/llama/modeling_llama.py
 */
export function llama(): Rule[] {
  return [
    { pattern: '**.inv_freq', skip: true },
    { pattern: '**.*norm*.weight', rank: 1, initializer: 'ones' },
    { pattern: '**.weight', minRank: 2, initializer: normal(0.02) },
    { pattern: '**.bias', initializer: 'zeros' },
  ];
}
