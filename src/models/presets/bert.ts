import { type NamedShape, repeat, weight, withBias } from './shapes';

/**
 * BERT base with the vocabulary of bert-base-uncased, and the names and shapes of Hugging Face's
 * BertModel: the encoder and its pooler, without the heads that only pretraining uses. Weights are
 * [outputs, inputs].
 */
export function bertBase(): NamedShape[] {
  const [layers, width, hidden, vocabulary, positions, segments] = [12, 768, 3072, 30522, 512, 2];
  return [
    weight('embeddings.word_embeddings', vocabulary, width),
    weight('embeddings.position_embeddings', positions, width),
    weight('embeddings.token_type_embeddings', segments, width),
    ...withBias('embeddings.LayerNorm', [width]),
    ...repeat(layers, (i) => {
      const block = `encoder.layer.${i}`;
      return [
        ...withBias(`${block}.attention.self.query`, [width, width]),
        ...withBias(`${block}.attention.self.key`, [width, width]),
        ...withBias(`${block}.attention.self.value`, [width, width]),
        ...withBias(`${block}.attention.output.dense`, [width, width]),
        ...withBias(`${block}.attention.output.LayerNorm`, [width]),
        ...withBias(`${block}.intermediate.dense`, [hidden, width]),
        ...withBias(`${block}.output.dense`, [width, hidden]),
        ...withBias(`${block}.output.LayerNorm`, [width]),
      ];
    }),
    ...withBias('pooler.dense', [width, width]),
  ];
}
