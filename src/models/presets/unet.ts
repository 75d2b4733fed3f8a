import { type NamedShape, repeat, weight, withBias } from './shapes';

/** The widths of the blocks that halve the image, from the outermost on. */
const WIDTHS = [320, 640, 1280, 1280];
/** The channels of a latent image, and the width of a text's tokens. */
const [LATENT, CONTEXT] = [4, 768];
const TIME = 4 * WIDTHS[0];

/**
 * The U-Net of Stable Diffusion 1.5 (Rombach et al., 2022, https://arxiv.org/abs/2112.10752) with the names and shapes
 * of diffusers' UNet2DConditionModel. Weights are [outputs, inputs, ...window].
 */
export function stableDiffusionUnet(): NamedShape[] {
  const last = WIDTHS.length - 1;
  const innermost = WIDTHS[last];
  // The widths of what the blocks on the way up take from those on the way down, the last one first.
  const skips = [WIDTHS[0]];
  let inputs = WIDTHS[0];
  const down = WIDTHS.flatMap((width, i) => {
    const block = `down_blocks.${i}`;
    const resnets = repeat(2, (k) => {
      const tensors = resnet(`${block}.resnets.${k}`, inputs, width);
      skips.unshift(width);
      inputs = width;
      return tensors;
    });
    const attentions = i === last ? [] : repeat(2, (k) => attention(`${block}.attentions.${k}`, width));
    if (i === last) return resnets;
    skips.unshift(width);
    return [...attentions, ...resnets, ...convolution(`${block}.downsamplers.0.conv`, width, width)];
  });
  const up = [...WIDTHS].reverse().flatMap((width, i) => {
    const block = `up_blocks.${i}`;
    const resnets = repeat(3, (k) => {
      const tensors = resnet(`${block}.resnets.${k}`, inputs + skips.shift()!, width);
      inputs = width;
      return tensors;
    });
    const attentions = i === 0 ? [] : repeat(3, (k) => attention(`${block}.attentions.${k}`, width));
    const upsampler = i === last ? [] : convolution(`${block}.upsamplers.0.conv`, width, width);
    return [...attentions, ...resnets, ...upsampler];
  });
  return [
    ...convolution('conv_in', WIDTHS[0], LATENT),
    ...withBias('time_embedding.linear_1', [TIME, WIDTHS[0]]),
    ...withBias('time_embedding.linear_2', [TIME, TIME]),
    ...down,
    ...up,
    ...attention('mid_block.attentions.0', innermost),
    ...repeat(2, (k) => resnet(`mid_block.resnets.${k}`, innermost, innermost)),
    ...withBias('conv_norm_out', [WIDTHS[0]]),
    ...convolution('conv_out', LATENT, WIDTHS[0]),
  ];
}

function convolution(name: string, outputs: number, inputs: number, size = 3): NamedShape[] {
  return withBias(name, [outputs, inputs, size, size]);
}

function resnet(name: string, inputs: number, width: number): NamedShape[] {
  return [
    ...withBias(`${name}.norm1`, [inputs]),
    ...convolution(`${name}.conv1`, width, inputs),
    ...withBias(`${name}.time_emb_proj`, [width, TIME]),
    ...withBias(`${name}.norm2`, [width]),
    ...convolution(`${name}.conv2`, width, width),
    ...(inputs === width ? [] : convolution(`${name}.conv_shortcut`, width, inputs, 1)),
  ];
}

/** A transformer of one block, which attends to the image and then to the text. */
function attention(name: string, width: number): NamedShape[] {
  const block = `${name}.transformer_blocks.0`;
  const attend = (place: number, context: number): NamedShape[] => [
    ...withBias(`${block}.norm${place}`, [width]),
    weight(`${block}.attn${place}.to_q`, width, width),
    weight(`${block}.attn${place}.to_k`, width, context),
    weight(`${block}.attn${place}.to_v`, width, context),
    ...withBias(`${block}.attn${place}.to_out.0`, [width, width]),
  ];
  return [
    ...withBias(`${name}.norm`, [width]),
    ...convolution(`${name}.proj_in`, width, width, 1),
    ...attend(1, width),
    ...attend(2, CONTEXT),
    ...withBias(`${block}.norm3`, [width]),
    ...withBias(`${block}.ff.net.0.proj`, [8 * width, width]), // a perceptron of 4 * width, and its gate
    ...withBias(`${block}.ff.net.2`, [width, 4 * width]),
    ...convolution(`${name}.proj_out`, width, width, 1),
  ];
}
