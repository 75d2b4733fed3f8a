import type { InitializerJson } from '../../initializers/spec';
import type { Rule } from './rule';

export function normal(stddev: number): InitializerJson {
  return { class_name: 'RandomNormal', config: { mean: 0, stddev } };
}

/**
 * The default of torch.nn.Linear and of convolutions: kaiming_uniform_(a=sqrt(5)) for weights and
 * uniform_ for biases. Both are uniform in +-1 / sqrt(fan_in), with the fan in of the weight.
 * @see pytorch, torch/nn/modules/linear.py and conv.py, reset_parameters
 */
const uniformByFanIn: InitializerJson = {
  class_name: 'VarianceScaling',
  config: { scale: 1 / 3, mode: 'fan_in', distribution: 'uniform' },
};

/** The weights of Linear and convolutions whose names match a pattern. */
export function torchWeight(pattern: string): Rule {
  return { pattern, minRank: 2, initializer: uniformByFanIn, layout: 'torch' };
}

/**
 * The biases of Linear and convolutions whose names match a pattern.
 * @param weight the last segment of the weight's name
 */
export function torchBias(pattern: string, weight = 'weight'): Rule {
  return { pattern, fanOf: weight, minRank: 2, initializer: uniformByFanIn, layout: 'torch' };
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
