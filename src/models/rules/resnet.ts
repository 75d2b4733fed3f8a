import type { TableRule } from './rule';
import { BATCH_NORM_BUFFERS, torchBias, torchWeight } from './sources';
import type { Table } from './table';

/** What torch.nn.init.kaiming_normal_(mode='fan_out', nonlinearity='relu') fills with. */
const KAIMING_NORMAL = {
  class_name: 'VarianceScaling',
  config: { scale: 2, mode: 'fan_out', distribution: 'untruncated_normal' },
};

/**
 * Residual networks (He et al., 2015, https://arxiv.org/abs/1512.03385) as torchvision names and
 * initializes them:
 * - Convolutions are normal with variance 2 / fan_out.
 * - Batch norm's weights are ones and its biases are zeros. Its counters, int64, are left out.
 * - The classifier is filled like any torch.nn.Linear.
 * @see pytorch/vision, torchvision/models/resnet.py
 */
export const resnet: Table = {
  name: 'resnet',
  types: ['resnet'],
  markers: [/^layer1\.0\.conv1\.weight$/],
  rules,
};

function rules(): TableRule[] {
  return [
    ...BATCH_NORM_BUFFERS,
    torchWeight('fc.weight'),
    torchBias('fc.bias'),
    { pattern: '**.weight', rank: 4, initializer: KAIMING_NORMAL, layout: 'torch' },
    { pattern: '**.weight', rank: 1, initializer: 'ones' },
    { pattern: '**.bias', fanOf: 'weight', rank: 1, initializer: 'zeros' },
  ];
}
