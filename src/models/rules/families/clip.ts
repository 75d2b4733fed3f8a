import type { InitializerSpec } from '../../../initializers/spec';
import type { Checkpoint } from '../checkpoint';
import type { ModelConfig } from '../model_config';
import type { TableRule } from '../rule';
import { constant, named, normal, ones, skip, zeros } from '../sources';
import type { Table } from '../table';

/**
 * CLIP, whole or one of its towers, under the names in Hugging Face's files. A weight's deviation is 1 / sqrt(width),
 * times 1 / sqrt(2) for the first layer of a perceptron and 1 / sqrt(2 num_hidden_layers) for its second layer and for
 * queries, keys and values. Embeddings are normal(0, 0.02), and logit_scale is log(1 / 0.07). All are times the
 * initializer_factor of their configuration.
 * @see huggingface/transformers, models/clip/modeling_clip.py, _init_weights
 */
export const clip: Table = {
  name: 'clip',
  types: ['clip', 'clip_text_model', 'clip_vision_model'],
  markers: [
    named('layers\\.\\d+\\.layer_norm1'),
    named('mlp\\.fc1'),
    /(^|\.)(text|visual)_projection|class_embedding$|token_embedding\.weight$/,
  ],
  without: [/(^|\.)(head\.probe|logit_bias)$/],
  rules(checkpoint) {
    const { config } = checkpoint;
    const isWhole = checkpoint.has(/^text_model\./) && checkpoint.has(/^vision_model\./);
    const factor = config.number('initializer_factor', 1);
    return [
      skip(/(^|\.)position_ids$/),
      { pattern: /^logit_scale$/, initializer: constant(config.number('logit_scale_init_value', 2.6592)) },
      { pattern: named('(text|visual)_projection|classifier'), byShape: byInputs(factor) },
      zeros(named('classifier', 'bias')),
      ones(named(NORMS)),
      zeros(named(`${NORMS}|${LINEAR}`, 'bias')),
      ...tower(checkpoint, isOfVision, isWhole ? config.inner('vision_config') : config),
      ...tower(checkpoint, (name) => !isOfVision(name), isWhole ? config.inner('text_config') : config),
    ];
  },
};

const NORMS = 'layer_norm[12]|final_layer_norm|(pre_lay|post_layer)norm|pre_layrnorm';
const LINEAR = '([qkv]|out)_proj|fc[12]|patch_embedding';

/** Normals of deviation factor / sqrt(inputs), for a weight [outputs, inputs]. */
function byInputs(factor: number): (shape: readonly number[]) => InitializerSpec {
  return ([, inputs]) => normal(factor / Math.sqrt(inputs));
}

const isOfVision = (name: string): boolean => name.startsWith('vision_model.');

/** The weights of one of the towers, whose names `owns` knows. A tower alone has no prefix. */
function tower(checkpoint: Checkpoint, owns: (name: string) => boolean, config: ModelConfig): TableRule[] {
  const own = checkpoint.tensors.map(({ name }) => name).filter(owns);
  const within = (modules: RegExp) => (name: string) => owns(name) && modules.test(name);
  const factor = config.number('initializer_factor', 1);
  const patches = normal(factor * config.number('initializer_range', 0.02));
  const tokens = normal(factor * 0.02);
  const isText = own.some((name) => named('token_embedding').test(name));
  const depth = Math.sqrt(2 * blocksOf(own, config));
  return [
    { pattern: within(named('token_embedding')), initializer: tokens },
    { pattern: within(named('position_embedding')), initializer: isText ? tokens : patches },
    { pattern: within(named('patch_embedding')), initializer: patches },
    { pattern: within(/(^|\.)class_embedding$/), byShape: ([width]) => normal(factor / Math.sqrt(width)) },
    { pattern: within(named('[qkv]_proj')), byShape: byInputs(factor / depth) },
    { pattern: within(named('out_proj')), byShape: byInputs(factor) },
    { pattern: within(named('fc1')), byShape: byInputs(factor / Math.SQRT2) },
    { pattern: within(named('fc2')), byShape: ([outputs]) => normal(factor / depth / Math.sqrt(outputs)) },
  ];
}

function blocksOf(names: readonly string[], config: ModelConfig): number {
  const said = config.count('num_hidden_layers');
  if (said !== undefined) return Math.max(said, 1);
  const numbers = names.flatMap((name) => /(?:^|\.)layers\.(\d+)\./.exec(name)?.[1] ?? []);
  return Math.max(1, new Set(numbers).size);
}
