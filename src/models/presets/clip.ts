import { type NamedShape, repeat, weight, withBias } from './shapes';

/**
 * CLIP ViT-B/32 (Radford et al., 2021, https://arxiv.org/abs/2103.00020) with the names and shapes of Hugging Face's
 * openai/clip-vit-base-patch32, both towers. The numbers of the positions, int64, are not included. Weights are
 * [outputs, inputs, ...window].
 */
export function clipVitB32(): NamedShape[] {
  const [text, vision, projection, patch, patches] = [512, 768, 512, 32, 49];
  return [
    { name: 'logit_scale', shape: [] },
    weight('text_model.embeddings.token_embedding', 49408, text),
    weight('text_model.embeddings.position_embedding', 77, text),
    ...blocks('text_model', text),
    ...withBias('text_model.final_layer_norm', [text]),
    { name: 'vision_model.embeddings.class_embedding', shape: [vision] },
    weight('vision_model.embeddings.patch_embedding', vision, 3, patch, patch),
    weight('vision_model.embeddings.position_embedding', patches + 1, vision),
    ...withBias('vision_model.pre_layrnorm', [vision]), // so spelled
    ...blocks('vision_model', vision),
    ...withBias('vision_model.post_layernorm', [vision]),
    weight('visual_projection', projection, vision),
    weight('text_projection', projection, text),
  ];
}

/** The 12 blocks of a tower. */
function blocks(tower: string, width: number): NamedShape[] {
  return repeat(12, (i) => {
    const block = `${tower}.encoder.layers.${i}`;
    const projections = ['k_proj', 'v_proj', 'q_proj', 'out_proj'];
    return [
      ...projections.flatMap((one) => withBias(`${block}.self_attn.${one}`, [width, width])),
      ...withBias(`${block}.layer_norm1`, [width]),
      ...withBias(`${block}.mlp.fc1`, [4 * width, width]),
      ...withBias(`${block}.mlp.fc2`, [width, 4 * width]),
      ...withBias(`${block}.layer_norm2`, [width]),
    ];
  });
}
