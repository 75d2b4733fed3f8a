import { ArgumentError, show } from '../../../core/errors';
import type { Checkpoint } from '../checkpoint';
import type { TableRule } from '../rule';
import { constant, named, normal, ones, torchBias, torchWeight, xavierUniform, zeros } from '../sources';
import type { Table } from '../table';
import { transformers } from './transformers';

/**
 * Vision transformers (Dosovitskiy et al., 2020, https://arxiv.org/abs/2010.11929) under the names of Hugging Face's
 * transformers, of timm, or of torchvision, and as that one initializes them.
 */
export const vit: Table = {
  name: 'vit',
  types: ['vit'],
  markers: [
    /(^|\.)(embeddings\.patch_embeddings\.projection|patch_embed\.proj|conv_proj)\.weight$/,
    /(^|\.)(class_token|cls_token)$/,
    /(^|\.)(attention\.(attention\.)?(query|q_proj)|attn\.qkv)\.weight$|self_attention\.in_proj_weight$/,
  ],
  without: [
    /(^|\.)(register_tokens|distillation_token|layer_scale\d\.lambda1|relative_position_bias_table)$/,
  ],
  rules(checkpoint) {
    if (checkpoint.has(/(^|\.)conv_proj\.weight$/)) return TORCHVISION;
    return checkpoint.has(/(^|\.)patch_embed\.proj\.weight$/) ? timm(checkpoint) : huggingFace(checkpoint);
  },
};

/**
 * Weights, the class token and positions are normal(0, initializer_range), biases and the mask token zeros. torch's
 * trunc_normal_ cuts at +-2, which no value reaches.
 * @see huggingface/transformers, models/vit/modeling_vit.py, _init_weights
 */
function huggingFace(checkpoint: Checkpoint): TableRule[] {
  const initializer = normal(checkpoint.config.number('initializer_range', 0.02));
  return [
    { pattern: /(^|\.)embeddings\.(cls_token|position_embeddings)$/, initializer },
    zeros(/(^|\.)embeddings\.mask_token$/),
    ...transformers(checkpoint, {
      linear: 'projection|query|key|value|[qkvo]_proj|dense|fc[12]|classifier|decoder\\.0',
      embedding: 'embeddings',
      norm: 'layernorm(_before|_after)?',
    }),
  ];
}

/**
 * Weights and positions are normal(0, 0.02), the class token normal(0, 1e-6), and the patches' projection has torch's
 * default.
 * @see huggingface/pytorch-image-models, timm/models/vision_transformer.py, init_weights_vit_timm
 */
function timm({ config }: Checkpoint): TableRule[] {
  const args = config.inner('model_args');
  const scheme = args.text('weight_init', '');
  if (scheme !== '')
    throw new ArgumentError(`the rules vit know timm's default weight_init alone, got ${show(scheme)}`);
  const linear = 'attn\\.(qkv|proj)|mlp\\.fc[12]|head';
  return [
    { pattern: /(^|\.)(cls_token|reg_token)$/, initializer: normal(1e-6) },
    { pattern: /(^|\.)pos_embed$/, initializer: normal(0.02) },
    torchWeight(named('patch_embed\\.proj')),
    torchBias(named('patch_embed\\.proj', 'bias')),
    { pattern: /(^|\.)ls[12]\.gamma$/, initializer: constant(args.number('init_values', 1e-5)) },
    ones(named('norm[12]?|fc_norm|norm_pre|[qk]_norm')),
    { pattern: named(linear), minRank: 2, initializer: normal(0.02) },
    zeros(named(`norm[12]?|fc_norm|norm_pre|[qk]_norm|${linear}`, 'bias')),
  ];
}

/** Normal with variance 1 / fan_in. torchvision cuts these normals at +-2, which no value reaches. */
const LECUN = {
  class_name: 'VarianceScaling',
  config: { scale: 1, mode: 'fan_in', distribution: 'untruncated_normal' },
};

/**
 * - The projection of the patches is normal with variance 1 / fan_in, and positions are normal(0, 0.02).
 * - The class token and the classifier are zeros.
 * - Perceptrons have Xavier's uniform, and biases of normal(0, 1e-6).
 * - Attention is filled like torch.nn.MultiheadAttention.
 * - Layer norm's weights are ones and its biases are zeros.
 * @see pytorch/vision, torchvision/models/vision_transformer.py
 */
const TORCHVISION: readonly TableRule[] = [
  zeros('class_token'),
  { pattern: '**.pos_embedding', initializer: normal(0.02) },
  { pattern: 'conv_proj.weight', minRank: 2, initializer: LECUN, layout: 'torch' },
  { pattern: 'heads.pre_logits.weight', minRank: 2, initializer: LECUN, layout: 'torch' },
  zeros('heads.head.weight'),
  xavierUniform('**.in_proj_weight'),
  zeros('**.in_proj_bias'),
  torchWeight('**.out_proj.weight'),
  xavierUniform('**.mlp.*.weight'),
  { pattern: '**.mlp.*.bias', initializer: normal(1e-6) },
  ones('**.ln*.weight'),
  zeros(named('conv_proj|out_proj|head|pre_logits|ln\\w*', 'bias')),
];
