import { type NamedShape, repeat, weight } from './shapes';

/**
 * T5 small (Raffel et al., 2020, https://arxiv.org/abs/1910.10683) with the names and shapes of Hugging Face's
 * T5ForConditionalGeneration. Encoder, decoder and head share the embedding of the tokens. The published file has one
 * tensor more, the relative positions of block 0's EncDecAttention, which no release of T5 uses. Weights are
 * [outputs, inputs].
 */
export function t5Small(): NamedShape[] {
  const [layers, width, hidden, heads, buckets, vocabulary] = [6, 512, 2048, 8, 32, 32128];
  const stack = (side: string, attentions: readonly string[]): NamedShape[] => [
    ...repeat(layers, (i) => {
      const block = `${side}.block.${i}.layer`;
      const perceptron = `${block}.${attentions.length}`;
      return [
        ...attentions.flatMap((name, place) => [
          ...['q', 'k', 'v', 'o'].map((one) => weight(`${block}.${place}.${name}.${one}`, width, width)),
          ...(i === 0 && place === 0
            ? [weight(`${block}.0.${name}.relative_attention_bias`, buckets, heads)]
            : []),
          weight(`${block}.${place}.layer_norm`, width),
        ]),
        weight(`${perceptron}.DenseReluDense.wi`, hidden, width),
        weight(`${perceptron}.DenseReluDense.wo`, width, hidden),
        weight(`${perceptron}.layer_norm`, width),
      ];
    }),
    weight(`${side}.final_layer_norm`, width),
  ];
  return [
    weight('shared', vocabulary, width),
    ...stack('encoder', ['SelfAttention']),
    ...stack('decoder', ['SelfAttention', 'EncDecAttention']),
  ];
}
