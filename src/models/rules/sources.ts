import type { InitializerSource } from '../initializer_source';
import type { Rule } from './rule';

export function normal(stddev: number): InitializerSource {
  return { class_name: 'RandomNormal', config: { mean: 0, stddev } };
}

/**
 * torch.nn.Linear's and nn.Conv's default: kaiming_uniform_(a=sqrt(5)) for weights and uniform
 * for biases, which both are +-1 / sqrt(fan in of the weight).
 * @see pytorch, torch/nn/modules/linear.py and conv.py, reset_parameters
 */
const uniformByFanIn: InitializerSource = {
  class_name: 'VarianceScaling',
  config: { scale: 1 / 3, mode: 'fan_in', distribution: 'uniform' },
};

export function torchWeight(pattern: string): Rule {
  return { pattern, minRank: 2, initializer: uniformByFanIn, layout: 'torch' };
}

/** @param weight the last segment of the weight's name */
export function torchBias(pattern: string, weight = 'weight'): Rule {
  return { pattern, fanOf: weight, minRank: 2, initializer: uniformByFanIn, layout: 'torch' };
}

/** torch.nn.init.xavier_uniform_ */
export function xavierUniform(pattern: string): Rule {
  return { pattern, minRank: 2, initializer: 'glorot_uniform', layout: 'torch' };
}

/** Batch norm's buffers; the counter is an int64 0. */
export const BATCH_NORM_BUFFERS: readonly Rule[] = [
  { pattern: '**.num_batches_tracked', skip: true },
  { pattern: '**.running_mean', initializer: 'zeros' },
  { pattern: '**.running_var', initializer: 'ones' },
];
