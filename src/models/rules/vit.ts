import type { Rule } from './rule';
import { normal, torchWeight, xavierUniform } from './sources';

/**
 * Variance 1 / fan in. torchvision cuts these normals at +-2, which is 55 standard deviations of
 * a 16 x 16 patch's: no normal of ours gets there.
 */
const LECUN = {
  class_name: 'VarianceScaling',
  config: { scale: 1, mode: 'fan_in', distribution: 'untruncated_normal' },
};

/**
 * Vision transformers (Dosovitskiy et al., 2020, https://arxiv.org/abs/2010.11929) as torchvision
 * names and initializes them: the patches' projection normal with variance 1 / fan in, positions
 * normal(0, 0.02), the class token and the classifier zeros, perceptrons Xavier-uniform with biases
 * normal(0, 1e-6), attention as torch.nn.MultiheadAttention, layer norm ones and zeros.
 * @see pytorch/vision, torchvision/models/vision_transformer.py
 */
export function vit(): Rule[] {
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
