import type { Checkpoint } from '../checkpoint';
import type { TableRule } from '../rule';
import { BATCH_NORM_BUFFERS, named, ones, torchBias, torchWeight, zeros } from '../sources';
import type { Table } from '../table';

/** What torch.nn.init.kaiming_normal_(mode='fan_out', nonlinearity='relu') fills with. */
const KAIMING_NORMAL = {
  class_name: 'VarianceScaling',
  config: { scale: 2, mode: 'fan_out', distribution: 'untruncated_normal' },
};

const CONVOLUTION = 'conv\\d?|downsample\\.\\d+|convolution';
const NORM = 'bn\\d|downsample\\.\\d+|normalization';
const CLASSIFIER = 'fc|classifier\\.\\d+';

/**
 * Residual networks (He et al., 2015, https://arxiv.org/abs/1512.03385) under the names of torchvision, of timm, or of
 * Hugging Face's transformers, which initialize them alike:
 * - Convolutions are normal with variance 2 / fan_out.
 * - Batch norm's weights are ones and its biases are zeros. Its counters, int64, are left out.
 * - The classifier is filled like any torch.nn.Linear.
 * - In timm, whose config.json has an architecture, the weights of the last norm of a block are zeros.
 * @see pytorch/vision, torchvision/models/resnet.py; huggingface/pytorch-image-models, timm/models/resnet.py
 */
export const resnet: Table = {
  name: 'resnet',
  types: ['resnet'],
  markers: [/^layer1\.0\.conv1\.weight$|(^|\.)embedder\.embedder\.convolution\.weight$/],
  rules: (checkpoint): TableRule[] => [
    ...BATCH_NORM_BUFFERS,
    torchWeight(named(CLASSIFIER)),
    torchBias(named(CLASSIFIER, 'bias')),
    { pattern: named(CONVOLUTION), rank: 4, initializer: KAIMING_NORMAL, layout: 'torch' },
    ...(isTimm(checkpoint) ? [zeros(lastNorm(checkpoint))] : []),
    { ...ones(named(NORM)), rank: 1 },
    { pattern: named(NORM, 'bias'), fanOf: 'weight', rank: 1, initializer: 'zeros' },
  ],
  notes: (checkpoint) =>
    checkpoint.config.exists || !checkpoint.has(/^layer1\.0\.conv1\.weight$/)
      ? []
      : [
          'names alone do not tell torchvision from timm, whose blocks end in norms of zeros: these end in ones',
        ],
};

function isTimm({ config }: Checkpoint): boolean {
  return config.exists && config.text('architecture', '') !== '';
}

/** The last norm of a block, which is the third where there are three. */
function lastNorm(checkpoint: Checkpoint): RegExp {
  return new RegExp(`^layer\\d\\.\\d+\\.bn${checkpoint.has(/\.bn3\.weight$/) ? 3 : 2}\\.weight$`);
}
