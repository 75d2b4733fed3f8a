import { named, skip } from '../sources';
import type { Table } from '../table';
import { type Defaults, type Modules, transformers } from './transformers';

/** A decoder that transformers initializes in its default way. */
interface Decoder extends Pick<Table, 'name' | 'types' | 'markers' | 'without'>, Modules {
  /** The row of the embeddings that is zeros where there is no config.json. Default: none. */
  readonly padding?: number;
  readonly padded?: string;
  readonly stddev?: Defaults['stddev'];
}

function decoder({ name, types, markers, without, padding, padded, stddev, ...modules }: Decoder): Table {
  return {
    name,
    types,
    markers,
    ...(without && { without }),
    rules: (checkpoint) => [
      skip(BUFFERS),
      ...transformers(checkpoint, modules, {
        ...(stddev && { stddev }),
        ...(padded !== undefined && { padded, padding: checkpoint.config.row('pad_token_id', padding) }),
      }),
    ],
  };
}

/** Masks and frequencies in older files. */
const BUFFERS = /(^|\.)(rotary_emb\.(inv_freq|cos_cached|sin_cached)|attention\.(bias|masked_bias))$/;

/** Megatron's names of linear layers, which Bloom, Falcon and GPT-NeoX have. */
const MEGATRON = 'query_key_value|dense|dense_h_to_4h|dense_4h_to_h|lm_head|score|classifier|qa_outputs';

/** Phi-1 and 2. @see huggingface/transformers, models/phi/modeling_phi.py */
export const phi = decoder({
  name: 'phi',
  types: ['phi'],
  markers: [named('self_attn\\.dense'), named('mlp\\.fc1')],
  linear: '[qkv]_proj|dense|fc[12]|lm_head|score|classifier',
  embedding: 'embed_tokens',
  norm: '(input|final|[qk])_layernorm',
  padded: 'embed_tokens',
});

/** GPT-NeoX and Pythia. @see huggingface/transformers, models/gpt_neox/modeling_gpt_neox.py */
export const pythia = decoder({
  name: 'pythia',
  types: ['gpt_neox'],
  markers: [named('attention\\.query_key_value'), named('embed_in')],
  linear: `${MEGATRON}|embed_out`,
  embedding: 'embed_in',
  norm: '(input|post_attention)_layernorm|final_layer_norm',
});

/** Falcon. @see huggingface/transformers, models/falcon/modeling_falcon.py */
export const falcon = decoder({
  name: 'falcon',
  types: ['falcon'],
  markers: [named('self_attention\\.query_key_value'), named('word_embeddings')],
  without: [named('word_embeddings_layernorm')],
  linear: MEGATRON,
  embedding: 'word_embeddings',
  norm: '(input|post_attention)_layernorm|ln_(f|attn|mlp)',
});

/** Bloom. @see huggingface/transformers, models/bloom/modeling_bloom.py */
export const bloom = decoder({
  name: 'bloom',
  types: ['bloom'],
  markers: [named('self_attention\\.query_key_value'), named('word_embeddings_layernorm')],
  linear: MEGATRON,
  embedding: 'word_embeddings',
  norm: '(input|post_attention|word_embeddings)_layernorm|ln_f',
});

/** OPT, whose configuration has init_std. @see huggingface/transformers, models/opt/modeling_opt.py */
export const opt = decoder({
  name: 'opt',
  types: ['opt'],
  markers: [/(^|\.)decoder\.layers\.\d+\.fc1\.weight$/, named('decoder\\.embed_positions')],
  without: [named('encoder_attn\\.q_proj')],
  linear: '([qkv]|out)_proj|fc[12]|project_(in|out)|lm_head|score|qa_outputs',
  embedding: 'embed_(tokens|positions)',
  norm: '(self_attn|final)_layer_norm',
  stddev: 'init_std',
  padded: 'embed_tokens',
  padding: 1,
});
