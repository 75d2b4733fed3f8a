import { type NamedShape, repeat, weight } from './shapes';

/** What the decoders of one family differ in. */
export interface DecoderSize {
  readonly layers: number;
  /** The width of the residual stream. */
  readonly width: number;
  /** The inner width of a perceptron. */
  readonly hidden: number;
  /** The width of all heads with queries together. */
  readonly queries: number;
  /** The width of all heads with keys together, and of those with values. */
  readonly keys: number;
  readonly vocabulary: number;
  /** Whether the head is the embedding of the tokens, and so has no tensor. */
  readonly tied?: boolean;
  /** The width of a head, where the queries and the keys of each are normed. */
  readonly headNorm?: number;
  /** Whether a perceptron has norms of its own, before and after it. */
  readonly sandwich?: boolean;
  /** The number of a layer's perceptrons, where a gate chooses between several. */
  readonly experts?: number;
}

const SEVEN = { layers: 32, width: 4096, hidden: 14336, queries: 4096, keys: 1024 };

/** The sizes of published decoders, by the names of their presets. */
export const DECODERS = {
  /** Llama 3 (Dubey et al., 2024, https://arxiv.org/abs/2407.21783): meta-llama/Meta-Llama-3-8B. */
  'llama-3-8b': { ...SEVEN, vocabulary: 128256 },
  /** meta-llama/Llama-3.2-1B. */
  'llama-3.2-1b': {
    layers: 16,
    width: 2048,
    hidden: 8192,
    queries: 2048,
    keys: 512,
    vocabulary: 128256,
    tied: true,
  },
  /** Qwen/Qwen3-0.6B, whose published file has the tied head as a tensor of its own. */
  'qwen3-0.6b': {
    layers: 28,
    width: 1024,
    hidden: 3072,
    queries: 2048,
    keys: 1024,
    vocabulary: 151936,
    tied: true,
    headNorm: 128,
  },
  /** google/gemma-3-1b-pt. */
  'gemma-3-1b': {
    layers: 26,
    width: 1152,
    hidden: 6912,
    queries: 1024,
    keys: 256,
    vocabulary: 262144,
    tied: true,
    headNorm: 256,
    sandwich: true,
  },
  /** mistralai/Mistral-7B-v0.1. */
  'mistral-7b': { ...SEVEN, vocabulary: 32000 },
  /** mistralai/Mixtral-8x7B-v0.1. */
  'mixtral-8x7b': { ...SEVEN, vocabulary: 32000, experts: 8 },
} satisfies Record<string, DecoderSize>;

/**
 * A decoder of the family of Llama with the names and shapes of Hugging Face's files, in which Mixtral's experts have
 * names of their own. Weights are [outputs, inputs].
 */
export function decoder(size: DecoderSize): NamedShape[] {
  const { layers, width, queries, keys, vocabulary, tied, headNorm, sandwich } = size;
  return [
    weight('model.embed_tokens', vocabulary, width),
    ...repeat(layers, (i) => {
      const block = `model.layers.${i}`;
      const attention = `${block}.self_attn`;
      const norm = (name: string): NamedShape => weight(`${block}.${name}_layernorm`, width);
      return [
        weight(`${attention}.q_proj`, queries, width),
        weight(`${attention}.k_proj`, keys, width),
        weight(`${attention}.v_proj`, keys, width),
        weight(`${attention}.o_proj`, width, queries),
        ...(headNorm === undefined
          ? []
          : [weight(`${attention}.q_norm`, headNorm), weight(`${attention}.k_norm`, headNorm)]),
        ...perceptrons(block, size),
        norm('input'),
        norm('post_attention'),
        ...(sandwich ? [norm('pre_feedforward'), norm('post_feedforward')] : []),
      ];
    }),
    weight('model.norm', width),
    ...(tied ? [] : [weight('lm_head', vocabulary, width)]),
  ];
}

function perceptrons(block: string, { width, hidden, experts }: DecoderSize): NamedShape[] {
  const perceptron = (name: string, gate: string, up: string, down: string): NamedShape[] => [
    weight(`${name}.${gate}`, hidden, width),
    weight(`${name}.${up}`, hidden, width),
    weight(`${name}.${down}`, width, hidden),
  ];
  if (experts === undefined) return perceptron(`${block}.mlp`, 'gate_proj', 'up_proj', 'down_proj');
  const mixture = `${block}.block_sparse_moe`;
  return [
    weight(`${mixture}.gate`, experts, width),
    ...repeat(experts, (i) => perceptron(`${mixture}.experts.${i}`, 'w1', 'w3', 'w2')),
  ];
}
