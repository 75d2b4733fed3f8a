import type { TableRule } from '../rule';
import { constant, named, normal, ones, zeros } from '../sources';
import type { Table } from '../table';

const MODULES = [
  // Hugging Face's
  'dwconv|pwconv[12]|(patch_)?embeddings|downsampling_layer\\.\\d+|layernorm|classifier',
  // timm's
  'stem\\.\\d+|downsample\\.\\d+|conv_dw|mlp\\.fc[12]|norm|head\\.(fc|norm)|norm_pre',
  // torchvision's
  'features\\.\\d+\\.\\d+(\\.block\\.\\d+)?|classifier\\.\\d+',
].join('|');

/**
 * ConvNeXt (Liu et al., 2022, https://arxiv.org/abs/2201.03545) under the names of Hugging Face's transformers, of timm
 * or of torchvision, which initialize it alike: weights are normal(0, 0.02), norms ones, biases zeros, and the scales of
 * layers 1e-6. The configuration of transformers has other numbers as initializer_range and layer_scale_init_value.
 * @see huggingface/transformers, models/convnext/modeling_convnext.py; pytorch/vision, torchvision/models/convnext.py
 */
export const convnext: Table = {
  name: 'convnext',
  types: ['convnext'],
  markers: [
    /(^|\.)(dwconv|conv_dw)\.weight$|^features\.\d+\.\d+\.block\.\d+\.weight$/,
    /(^|\.)(layer_scale_parameter|gamma|layer_scale)$/,
  ],
  without: [/(^|\.)grn\./],
  rules: ({ config }): TableRule[] => [
    {
      pattern: /(^|\.)(layer_scale_parameter|gamma|layer_scale)$/,
      initializer: constant(config.number('layer_scale_init_value', 1e-6)),
    },
    { ...ones(named(MODULES)), rank: 1 },
    {
      pattern: named(MODULES),
      minRank: 2,
      initializer: normal(config.number('initializer_range', 0.02)),
    },
    zeros(named(MODULES, 'bias')),
  ],
};
