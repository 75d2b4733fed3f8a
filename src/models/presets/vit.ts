import { type NamedShape, repeat, withBias } from './shapes';

/**
 * ViT-B/16 for images of 224 x 224 with the names and shapes of torchvision's vit_b_16: 12 blocks of
 * width 768, perceptrons of width 3072, 196 patches and the class token. Weights are [outputs, inputs].
 */
export function vitB16(): NamedShape[] {
  const [layers, width, hidden, patch, patches, classes] = [12, 768, 3072, 16, 196, 1000];
  return [
    { name: 'class_token', shape: [1, 1, width] },
    ...withBias('conv_proj', [width, 3, patch, patch]),
    { name: 'encoder.pos_embedding', shape: [1, patches + 1, width] },
    ...repeat(layers, (i) => {
      const block = `encoder.layers.encoder_layer_${i}`;
      return [
        ...withBias(`${block}.ln_1`, [width]),
        { name: `${block}.self_attention.in_proj_weight`, shape: [3 * width, width] },
        { name: `${block}.self_attention.in_proj_bias`, shape: [3 * width] },
        ...withBias(`${block}.self_attention.out_proj`, [width, width]),
        ...withBias(`${block}.ln_2`, [width]),
        ...withBias(`${block}.mlp.0`, [hidden, width]),
        ...withBias(`${block}.mlp.3`, [width, hidden]),
      ];
    }),
    ...withBias('encoder.ln', [width]),
    ...withBias('heads.head', [classes, width]),
  ];
}
