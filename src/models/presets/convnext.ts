import { type NamedShape, repeat, withBias } from './shapes';

/** The number of blocks and the width of each stage. */
const STAGES = [
  [3, 96],
  [3, 192],
  [9, 384],
  [3, 768],
] as const;
const CLASSES = 1000;

/**
 * ConvNeXt tiny (Liu et al., 2022, https://arxiv.org/abs/2201.03545) with the names and shapes of Hugging Face's
 * facebook/convnext-tiny-224. Weights are [outputs, inputs, ...window].
 */
export function convnextTiny(): NamedShape[] {
  let inputs: number = STAGES[0][1];
  return [
    ...withBias('convnext.embeddings.patch_embeddings', [inputs, 3, 4, 4]),
    ...withBias('convnext.embeddings.layernorm', [inputs]),
    ...STAGES.flatMap(([blocks, width], i) => {
      const stage = `convnext.encoder.stages.${i}`;
      const downsampling = [
        ...withBias(`${stage}.downsampling_layer.0`, [inputs]),
        ...withBias(`${stage}.downsampling_layer.1`, [width, inputs, 2, 2]),
      ];
      inputs = width;
      return [
        ...(i === 0 ? [] : downsampling),
        ...repeat(blocks, (k) => {
          const block = `${stage}.layers.${k}`;
          return [
            { name: `${block}.layer_scale_parameter`, shape: [width] },
            ...withBias(`${block}.dwconv`, [width, 1, 7, 7]),
            ...withBias(`${block}.layernorm`, [width]),
            ...withBias(`${block}.pwconv1`, [4 * width, width]),
            ...withBias(`${block}.pwconv2`, [width, 4 * width]),
          ];
        }),
      ];
    }),
    ...withBias('convnext.layernorm', [inputs]),
    ...withBias('classifier', [CLASSES, inputs]),
  ];
}
