import type { TableRule } from '../rule';
import { named, ones, truncated, zeros } from '../sources';
import type { Table } from '../table';

/**
 * ModernBERT: normals that are cut at initializer_cutoff_factor standard deviations. Those of weights that write into
 * the residual stream are divided by sqrt(2 num_hidden_layers), and those of classifiers are 1 / sqrt(hidden_size).
 * @see huggingface/transformers, models/modernbert/modeling_modernbert.py, _init_weights
 */
export const modernbert: Table = {
  name: 'modernbert',
  types: ['modernbert'],
  markers: [named('attn\\.Wqkv'), named('mlp\\.Wi')],
  rules(checkpoint) {
    const { config } = checkpoint;
    const cut = config.number('initializer_cutoff_factor', 2);
    const stddev = config.number('initializer_range', 0.02);
    const blocks = checkpoint.blocks('modernbert', 'num_hidden_layers', /(?:^|\.)(layers)\.(\d+)\./);
    const draws = (modules: string, deviation: number): TableRule => ({
      pattern: named(modules),
      initializer: truncated(deviation, cut),
    });
    return [
      ones(named('norm|\\w+_norm')),
      zeros(named('norm|\\w+_norm|Wqkv|W[io]|dense|decoder|classifier', 'bias')),
      draws('tok_embeddings|Wqkv|Wi', stddev),
      draws('Wo|head\\.dense|decoder', stddev / Math.sqrt(2 * blocks)),
      { pattern: named('classifier'), byShape: ([, width]) => truncated(1 / Math.sqrt(width), cut) },
    ];
  },
};
