import { type NamedShape, repeat, weight, withBias } from './shapes';

/**
 * Whisper small (Radford et al., 2022, https://arxiv.org/abs/2212.04356) with the names and shapes of Hugging Face's
 * openai/whisper-small. The head is the embedding of the tokens, and so has no tensor. Weights are
 * [outputs, inputs, ...window].
 */
export function whisperSmall(): NamedShape[] {
  const [layers, width, hidden, mels, frames, tokens, vocabulary] = [12, 768, 3072, 80, 1500, 448, 51865];
  const attention = (name: string): NamedShape[] => [
    weight(`${name}.k_proj`, width, width), // without a bias
    ...['v_proj', 'q_proj', 'out_proj'].flatMap((one) => withBias(`${name}.${one}`, [width, width])),
    ...withBias(`${name}_layer_norm`, [width]),
  ];
  const blocks = (side: string, attentions: readonly string[]): NamedShape[] => [
    ...repeat(layers, (i) => {
      const block = `${side}.layers.${i}`;
      return [
        ...attentions.flatMap((name) => attention(`${block}.${name}`)),
        ...withBias(`${block}.fc1`, [hidden, width]),
        ...withBias(`${block}.fc2`, [width, hidden]),
        ...withBias(`${block}.final_layer_norm`, [width]),
      ];
    }),
    ...withBias(`${side}.layer_norm`, [width]),
  ];
  return [
    ...withBias('model.encoder.conv1', [width, mels, 3]),
    ...withBias('model.encoder.conv2', [width, width, 3]),
    weight('model.encoder.embed_positions', frames, width),
    ...blocks('model.encoder', ['self_attn']),
    weight('model.decoder.embed_tokens', vocabulary, width),
    weight('model.decoder.embed_positions', tokens, width),
    ...blocks('model.decoder', ['self_attn', 'encoder_attn']),
  ];
}
