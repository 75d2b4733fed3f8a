import type { InitializerSpec } from '../../../initializers/spec';
import { KAIMING_UNIFORM, named, normal, ones, zeros } from '../sources';
import type { Checkpoint } from '../checkpoint';
import type { TableRule } from '../rule';
import type { Table } from '../table';

/**
 * Mamba 1 and 2 under the names in Hugging Face's files:
 * - Embeddings and projections are normal(0, 0.1), where 0.1 is the initializer_range of the configuration.
 * - A_log is log(1), log(2), … along the states (Mamba 1) or heads (Mamba 2), and D is ones.
 * - The bias of the time step is the inverse softplus of a step between time_step_min and time_step_max, uniform in its
 *   logarithm and at least time_step_floor.
 * - The convolution and out_proj are uniform in +-1 / sqrt(fan_in); out_proj divided by sqrt(num_hidden_layers) where
 *   the configuration has rescale_prenorm_residual.
 * @see huggingface/transformers, models/mamba/modeling_mamba.py and models/mamba2/modeling_mamba2.py, _init_weights
 */
export const mamba: Table = {
  name: 'mamba',
  types: ['mamba', 'mamba2'],
  markers: [/(^|\.)mixer\.A_log$/, named('mixer\\.conv1d')],
  rules(checkpoint) {
    const { config } = checkpoint;
    const initializer = normal(config.number('initializer_range', 0.1));
    const modules = 'embeddings|in_proj|x_proj|lm_head';
    return [
      { pattern: /(^|\.)mixer\.A_log$/, initializer: { class_name: 'LogArange', config: {} } },
      ones(/(^|\.)mixer\.D$/),
      { pattern: /(^|\.)mixer\.(dt_proj\.bias|dt_bias)$/, initializer: stepBias(checkpoint) },
      { pattern: named('dt_proj'), byShape: (shape) => stepWeight(checkpoint, shape) },
      { pattern: named('conv1d'), initializer: KAIMING_UNIFORM, layout: 'torch' },
      outputRule(checkpoint),
      ones(named('norm|norm_f')),
      { pattern: named(modules), minRank: 2, initializer },
      zeros(named(`conv1d|out_proj|${modules}`, 'bias')),
    ];
  },
};

function stepBias({ config }: Checkpoint): InitializerSpec {
  return {
    class_name: 'InverseSoftplus',
    config: {
      minval: config.number('time_step_min', 0.001),
      maxval: config.number('time_step_max', 0.1),
      floor: config.number('time_step_floor', 1e-4),
    },
  };
}

/** The weight of the time step, [inner, rank]. */
function stepWeight({ config }: Checkpoint, [, rank]: readonly number[]): InitializerSpec {
  const bound = config.number('time_step_scale', 1) / Math.sqrt(config.count('time_step_rank') ?? rank);
  if (config.text('time_step_init_scheme', 'random') === 'constant')
    return { class_name: 'Constant', config: { value: bound } };
  return { class_name: 'RandomUniform', config: { minval: -bound, maxval: bound } };
}

function outputRule(checkpoint: Checkpoint): TableRule {
  const rule = { pattern: named('out_proj'), initializer: KAIMING_UNIFORM, layout: 'torch' } as const;
  return checkpoint.config.flag('rescale_prenorm_residual', false) ? { ...rule, residuals: 1 } : rule;
}
