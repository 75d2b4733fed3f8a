import { ArgumentError, show } from '../../../core/errors';
import { Call, Outputs } from '../call';
import { choice, flag, integer, json, oneOrList, optional, size } from '../config_fields';
import { kind } from '../kind';
import type { Layer } from '../layer';
import { atLeastRank, type Dims, sizeOf } from '../shape';
import { kernelAndBias, type KernelAndBias, regularized } from './common_fields';

/**
 * Adds a projection: an EinsumDense that sums over the last `bound` axes of `input` and puts axes of the
 * sizes `output` in their place.
 */
function project(
  layer: Layer,
  name: string,
  config: KernelAndBias,
  input: Dims,
  bound: number,
  output: readonly number[],
): void {
  const letter = (i: number): string => String.fromCharCode(97 + i);
  const letters = (from: number, count: number): string =>
    Array.from({ length: count }, (_, i) => letter(from + i)).join('');
  const free = atLeastRank(input, bound + 1).length - bound;
  const [rows, summed, kept] = [letters(0, free), letters(free, bound), letters(input.length, output.length)];
  const child = layer.child({
    class_name: 'EinsumDense',
    config: {
      name,
      dtype: layer.source.config.dtype,
      equation: `${rows}${summed},${summed}${kept}->${rows}${kept}`,
      output_shape: [...Array<null>(free - 1).fill(null), ...output],
      bias_axes: config.use_bias ? kept : null,
      kernel_initializer: config.kernel_initializer,
      bias_initializer: config.bias_initializer,
    },
  });
  child.call(Call.of(input));
}

/** The shapes of query, value and key, in the order in which a call gives them. */
function inputsOf(call: Call): { query: Dims; value: Dims; key: Dims } {
  const query = call.argument(0, 'query');
  const value = call.argument(1, 'value');
  if (!query || !value) throw new ArgumentError('it is called with a query and a value');
  return { query, value, key: call.argument(2, 'key') ?? value };
}

const shared = {
  dropout: json(0),
  use_bias: flag(true),
  ...kernelAndBias,
  ...regularized('kernel', 'bias'),
  seed: json(),
};
const flash = { use_gate: flag(false), sliding_window: json() };

const wantsScores = (call: Call): boolean => call.kwargs.return_attention_scores === true;

const multiHeadAttention = kind({
  className: 'MultiHeadAttention',
  fields: {
    num_heads: size(),
    key_dim: size(),
    value_dim: optional(size()),
    output_shape: optional(oneOrList(size())),
    attention_axes: optional(oneOrList(integer())),
    ...shared,
    ...flash,
  },
  ignored: ['flash_attention', 'query_shape', 'key_shape', 'value_shape'],
  build(layer, config, call) {
    const { num_heads: heads, key_dim, value_dim, output_shape, use_gate } = config;
    const { query, value, key } = inputsOf(call);
    const width = value_dim ?? key_dim;
    project(layer, 'query', config, query, 1, [heads, key_dim]);
    project(layer, 'key', config, key, 1, [heads, key_dim]);
    if (use_gate) project(layer, 'gate', config, query, 1, [heads, width]);
    project(layer, 'value', config, value, 1, [heads, width]);
    const output = output_shape === null ? [sizeOf(query, -1)] : [output_shape].flat();
    project(layer, 'attention_output', config, [...query.slice(0, -1), heads, width], 2, output);
  },
  output({ num_heads, output_shape, attention_axes }, call) {
    const { query, value } = inputsOf(call);
    const output = output_shape === null ? query : [...query.slice(0, -1), ...[output_shape].flat()];
    if (!wantsScores(call)) return output;
    const axes = attention_axes === null ? query.slice(1, -1).map((_, i) => i + 1) : [attention_axes].flat();
    const batch = query.slice(0, -1).filter((_, i) => !axes.includes(i));
    return new Outputs([
      output,
      [...batch, num_heads, ...axes.map((axis) => query[axis]), ...axes.map((axis) => value[axis])],
    ]);
  },
});

const groupQueryAttention = kind({
  className: 'GroupQueryAttention',
  aliases: ['GroupedQueryAttention'],
  fields: { head_dim: size(), num_query_heads: size(), num_key_value_heads: size(), ...shared, ...flash },
  ignored: ['flash_attention'],
  build(layer, config, call) {
    const { head_dim, num_query_heads: heads, num_key_value_heads: groups, use_gate } = config;
    if (heads % groups !== 0)
      throw new ArgumentError(
        `num_query_heads must be a multiple of num_key_value_heads = ${groups}, got ${show(heads)}`,
      );
    const { query, value, key } = inputsOf(call);
    project(layer, 'query', config, query, 1, [heads, head_dim]);
    project(layer, 'key', config, key, 1, [groups, head_dim]);
    if (use_gate) project(layer, 'gate', config, query, 1, [heads, head_dim]);
    project(layer, 'value', config, value, 1, [groups, head_dim]);
    project(layer, 'attention_output', config, [...query.slice(0, -1), heads, head_dim], 2, [
      sizeOf(query, -1),
    ]);
  },
  output({ num_query_heads }, call) {
    const { query, value } = inputsOf(call);
    return wantsScores(call) ? new Outputs([query, [query[0], num_query_heads, query[1], value[1]]]) : query;
  },
});

/** What attention returns that is called on a list of query, value and maybe key. */
function attended(call: Call): Dims | Outputs {
  const [query, value, key = value] = call.shapes;
  if (value === undefined)
    throw new ArgumentError('it is called on a list of query, value and, where it is another, key');
  const output = [...atLeastRank(query, 2).slice(0, -1), value.at(-1)!];
  return wantsScores(call) ? new Outputs([output, [...query.slice(0, -1), key.at(-2)!]]) : output;
}

const attention = kind({
  className: 'Attention',
  fields: {
    use_scale: flag(false),
    score_mode: choice('dot', ['dot', 'concat']),
    dropout: json(0),
    seed: json(),
  },
  ignored: ['causal'],
  build(layer, { use_scale, score_mode }) {
    if (use_scale) layer.weight('scale', [], 'ones');
    if (score_mode === 'concat') layer.weight('concat_score_weight', [], 'ones');
  },
  output: (_, call) => attended(call),
});

const additiveAttention = kind({
  className: 'AdditiveAttention',
  fields: { use_scale: flag(true), dropout: json(0) },
  ignored: ['causal', 'score_mode', 'seed'],
  build(layer, { use_scale }, call) {
    if (use_scale) layer.weight('scale', [sizeOf(call.shape, -1)], 'glorot_uniform');
  },
  output: (_, call) => attended(call),
});

export const attentions = {
  /**
   * Attention with several heads, called on query, value and maybe key. Weights: for query, key and value
   * each a kernel `[inputs, numHeads, size]` and a bias `[numHeads, size]`, where size is `keyDim`, or
   * `valueDim` for the value; attention_output/kernel `[numHeads, valueDim, outputs]`, attention_output/bias
   * `[outputs]`. The output has the query's shape.
   */
  multiHeadAttention,
  /**
   * Attention in which several query heads share a key and a value head. Weights: as of MultiHeadAttention,
   * with `numQueryHeads` heads of the query and `numKeyValueHeads` of key and value, each of the size
   * `headDim`.
   */
  groupQueryAttention,
  /**
   * Attention by dot products, called on a list `[query, value]` or `[query, value, key]`. Weights: none by
   * default; scale `[]` where `useScale` is set, concat_score_weight `[]` where `scoreMode` is 'concat'.
   */
  attention,
  /**
   * Attention by sums, called on a list `[query, value]` or `[query, value, key]`. Weights: scale `[features]`,
   * unless `useScale` is false.
   */
  additiveAttention,
};
