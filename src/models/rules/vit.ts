import type { TableRule } from './rule';
import { normal, torchWeight, xavierUniform } from './sources';
import type { Table } from './table';

/**
 * Normal with variance 1 / fan_in. torchvision cuts these normals at +-2, which for a patch of 16 x 16 is
 * 55 standard deviations away: no value reaches it.
 */
const LECUN = {
  class_name: 'VarianceScaling',
  config: { scale: 1, mode: 'fan_in', distribution: 'untruncated_normal' },
};

/**
 * Vision transformers (Dosovitskiy et al., 2020, https://arxiv.org/abs/2010.11929) as torchvision names
 * and initializes them:
 * - The projection of the patches is normal with variance 1 / fan_in, and positions are normal(0, 0.02).
 * - The class token and the classifier are zeros.
 * - Perceptrons have Xavier's uniform, and biases of normal(0, 1e-6).
 * - Attention is filled like torch.nn.MultiheadAttention.
 * - Layer norm's weights are ones and its biases are zeros.
 * @see pytorch/vision, torchvision/models/vision_transformer.py
 */
export const vit: Table = {
  name: 'vit',
  types: ['vit'],
  markers: [/^conv_proj\.weight$/, /^class_token$/],
  rules,
};

function rules(): TableRule[] {
  return [
    { pattern: 'class_token', initializer: 'zeros' },
    { pattern: '**.pos_embedding', initializer: normal(0.02) },
    { pattern: 'conv_proj.weight', minRank: 2, initializer: LECUN, layout: 'torch' },
    { pattern: 'heads.pre_logits.weight', minRank: 2, initializer: LECUN, layout: 'torch' },
    { pattern: 'heads.head.weight', initializer: 'zeros' },
    xavierUniform('**.in_proj_weight'),
    { pattern: '**.in_proj_bias', initializer: 'zeros' },
    torchWeight('**.out_proj.weight'),
    xavierUniform('**.mlp.*.weight'),
    { pattern: '**.mlp.*.bias', initializer: normal(1e-6) },
    { pattern: '**.ln*.weight', initializer: 'ones' },
    { pattern: '**.bias', initializer: 'zeros' },
  ];
}
