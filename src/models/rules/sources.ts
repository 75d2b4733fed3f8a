import type { InitializerJson } from '../../initializers/spec';
import type { Rule, TableRule } from './rule';

/**
 * The names of parameters of modules, whatever stands before them: `named('q_proj|k_proj')` finds
 * "model.layers.0.self_attn.q_proj.weight".
 * @param modules the last segments of the modules' names, or the ends of their paths, as a regular expression
 * @param parameter the parameter's name, as a regular expression
 */
export function named(modules: string, parameter = 'weight'): RegExp {
  return new RegExp(`(^|\\.)(${modules})\\.(${parameter})$`);
}

export function ones(pattern: TableRule['pattern']): TableRule {
  return { pattern, initializer: 'ones' };
}

export function zeros(pattern: TableRule['pattern']): TableRule {
  return { pattern, initializer: 'zeros' };
}

export function skip(pattern: TableRule['pattern']): TableRule {
  return { pattern, skip: true };
}

export function constant(value: number): InitializerJson {
  return { class_name: 'Constant', config: { value } };
}

/** Normals that are cut at so many standard deviations from 0, like torch.nn.init.trunc_normal_ with a and b. */
export function truncated(stddev: number, cut: number): InitializerJson {
  return { class_name: 'TruncatedNormal', config: { mean: 0, stddev, lower: -cut, upper: cut } };
}

export function normal(stddev: number): InitializerJson {
  return { class_name: 'RandomNormal', config: { mean: 0, stddev } };
}

/**
 * The default of torch.nn.Linear and of convolutions: kaiming_uniform_(a=sqrt(5)) for weights and
 * uniform_ for biases. Both are uniform in +-1 / sqrt(fan_in), with the fan in of the weight.
 * @see pytorch, torch/nn/modules/linear.py and conv.py, reset_parameters
 */
export const KAIMING_UNIFORM: InitializerJson = {
  class_name: 'VarianceScaling',
  config: { scale: 1 / 3, mode: 'fan_in', distribution: 'uniform' },
};

/** The weights of Linear and convolutions whose names match a pattern. */
export function torchWeight(pattern: TableRule['pattern']): TableRule {
  return { pattern, minRank: 2, initializer: KAIMING_UNIFORM, layout: 'torch' };
}

/**
 * The biases of Linear and convolutions whose names match a pattern.
 * @param weight the last segment of the weight's name
 */
export function torchBias(pattern: TableRule['pattern'], weight = 'weight'): TableRule {
  return { pattern, fanOf: weight, minRank: 2, initializer: KAIMING_UNIFORM, layout: 'torch' };
}

/** Weights that torch.nn.init.xavier_uniform_ fills. */
export function xavierUniform(pattern: string): Rule {
  return { pattern, minRank: 2, initializer: 'glorot_uniform', layout: 'torch' };
}

/** The buffers of batch norm. Its counter, an int64, is left out. */
export const BATCH_NORM_BUFFERS: readonly Rule[] = [
  { pattern: '**.num_batches_tracked', skip: true },
  { pattern: '**.running_mean', initializer: 'zeros' },
  { pattern: '**.running_var', initializer: 'ones' },
];
