import type { TableRule } from '../rule';
import { named, normal, torchBias, torchWeight } from '../sources';
import type { Table } from '../table';

/**
 * The defaults of PyTorch's modules, under names of a family alone: weights and biases of Linear and convolutions are
 * uniform in +-1 / sqrt(fan_in), weights of norms are ones and their biases zeros.
 * @param linear the ends of the modules' names, as a regular expression
 */
function torchDefaults(linear: string): TableRule[] {
  const norm = '\\w*norm\\w*';
  return [
    torchWeight(named(linear)),
    torchBias(named(linear, 'bias')),
    { pattern: named(norm), rank: 1, initializer: 'ones' },
    { pattern: named(norm, 'bias'), rank: 1, initializer: 'zeros' },
  ];
}

const ATTENTION = 'to_([qkv]|out\\.\\d+)';
const FEED_FORWARD = 'ff\\.net\\.\\d+(\\.proj)?';
const CONVOLUTIONS = 'conv(_in|_out|_shortcut|[12])?';

/**
 * The U-Net of Stable Diffusion, 1 to XL, which diffusers leaves as PyTorch's modules are.
 * @see huggingface/diffusers, models/unets/unet_2d_condition.py
 */
export const unet: Table = {
  name: 'unet',
  types: ['UNet2DConditionModel'],
  markers: [named('time_embedding\\.linear_1'), named('attn2\\.to_k'), /^down_blocks\./],
  rules: () =>
    torchDefaults(
      `${CONVOLUTIONS}|${ATTENTION}|${FEED_FORWARD}|proj_(in|out)|(time|add|class)_embedding\\.linear_[12]|time_emb_proj`,
    ),
};

/**
 * The autoencoder of Stable Diffusion.
 * @see huggingface/diffusers, models/autoencoders/autoencoder_kl.py
 */
export const vae: Table = {
  name: 'vae',
  types: ['AutoencoderKL'],
  markers: [/^encoder\.down_blocks\./, /^decoder\.up_blocks\./, /^quant_conv\./],
  // Published files have older names of attention.
  rules: () => torchDefaults(`${CONVOLUTIONS}|${ATTENTION}|query|key|value|proj_attn|(post_)?quant_conv`),
};

/**
 * DiT, as diffusers has it, whose embeddings of classes are normal(0, 1). Older files call it a Transformer2DModel.
 * @see huggingface/diffusers, models/transformers/dit_transformer_2d.py
 */
export const dit: Table = {
  name: 'dit',
  types: ['DiTTransformer2DModel', 'Transformer2DModel'],
  markers: [/^transformer_blocks\.\d+\.norm1\.emb\.timestep_embedder\./, named('pos_embed\\.proj')],
  rules: () => [
    { pattern: named('embedding_table'), initializer: normal(1) },
    ...torchDefaults(
      `${ATTENTION}|${FEED_FORWARD}|pos_embed\\.proj|proj_out_[12]|timestep_embedder\\.linear_[12]|norm1\\.linear`,
    ),
  ],
};
