import type { Checkpoint } from '../checkpoint';
import { type Rule, rowOf, type TableRule } from '../rule';
import { named, normal, ones, zeros } from '../sources';

/** The modules of a family of transformers, as the ends of their names in regular expressions. */
export interface Modules {
  /** Linear layers and convolutions. */
  readonly linear: string;
  readonly embedding: string;
  readonly norm: string;
}

/** How they differ from what transformers does by default. */
export interface Defaults {
  /** What the configuration calls the standard deviation. Default 'initializer_range'. */
  readonly stddev?: string;
  /** The row of the embeddings `padded` that is zeros, from `ModelConfig.row`. Default: none. */
  readonly padding?: number | undefined;
  /** The embeddings that have such a row. Default: all of `embedding`. */
  readonly padded?: string;
  /** What the weights of norms are filled with. Default 'ones'. */
  readonly norms?: 'ones' | 'zeros';
}

/**
 * What transformers does with every module unless its family says otherwise: weights are normal(0, initializer_range),
 * biases are zeros, the weights of norms ones, and the padding token's row of an embedding is zeros.
 * @see huggingface/transformers, modeling_utils.py, PreTrainedModel._init_weights
 */
export function transformers(
  checkpoint: Checkpoint,
  { linear, embedding, norm }: Modules,
  { stddev = 'initializer_range', padding, padded = embedding, norms = 'ones' }: Defaults = {},
): TableRule[] {
  const initializer = normal(checkpoint.config.number(stddev, 0.02));
  return [
    (norms === 'ones' ? ones : zeros)(named(norm, 'weight|gamma')),
    zeros(named(`${norm}|${linear}`, 'bias|beta')),
    ...(padding === undefined ? [] : [paddedRule(checkpoint, padded, initializer, padding)]),
    { pattern: named(embedding), initializer },
    { pattern: named(linear), minRank: 2, initializer },
  ];
}

/** The rule for embeddings with a row of zeros. A default row beyond a small vocabulary is none. */
export function paddedRule(
  checkpoint: Checkpoint,
  embeddings: string,
  initializer: NonNullable<Rule['initializer']>,
  padding: number,
): TableRule {
  const pattern = named(embeddings);
  const [rows = 0] = checkpoint.shapeOf(pattern) ?? [];
  return { pattern, initializer, padding: rowOf(padding, rows) };
}
