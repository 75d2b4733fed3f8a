import { ArgumentError, show } from '../../../core/errors';
import { type ConfigFields, dataFormat, flag, initializer, json, size } from '../config_fields';
import { kind, sameShape, shapeKind } from '../kind';
import { elements, isDims, replaced, sizeOf, UnknownShape } from '../shape';
import { words } from '../words';
import { activation, kernelAndBias, type KernelAndBias, regularized } from './common_fields';

/**
 * LoRA adds weights when it is switched on: a file that has it holds a model in the middle of its
 * training.
 */
const lora = {
  initial: null,
  read(name: string, value: unknown): null {
    if (value === null) return null;
    throw new ArgumentError(`${name} must be null, got ${show(value)}: layers with LoRA are not supported`);
  },
};
/**
 * Keys of Dense, EinsumDense, Embedding and convolutions that are written for LoRA and quantization
 * alone.
 */
export const TUNING = ['lora_alpha', 'quantization_config', 'gptq_unpacked_column_size'];
export const tuning = { lora_rank: lora };

const denseFields = {
  units: size(),
  activation: activation(),
  use_bias: flag(true),
  ...kernelAndBias,
  ...regularized('kernel', 'bias'),
};
type DenseConfig = KernelAndBias & { readonly units: number };

const denseLike = <F extends ConfigFields>(className: string, more: F) =>
  kind<typeof denseFields & F>({
    className,
    fields: { ...denseFields, ...more },
    ignored: TUNING,
    build(layer, config, call) {
      const { units, use_bias, kernel_initializer, bias_initializer } = config as DenseConfig;
      layer.weight('kernel', [sizeOf(call.shape, -1), units], kernel_initializer);
      if (use_bias) layer.weight('bias', [units], bias_initializer);
    },
    output: (config, call) => replaced(call.shape, -1, (config as DenseConfig).units),
  });

const embeddingFields = {
  input_dim: size(),
  output_dim: size(),
  embeddings_initializer: initializer('uniform'),
  ...regularized('embeddings'),
  mask_zero: flag(false),
  ...tuning,
};
const EMBEDDING_KEYS = [...TUNING, 'dropout'];

const embedding = kind({
  className: 'Embedding',
  fields: embeddingFields,
  ignored: EMBEDDING_KEYS,
  build(layer, { input_dim, output_dim, embeddings_initializer }) {
    layer.weight('embeddings', [input_dim, output_dim], embeddings_initializer);
  },
  output: ({ output_dim }, call) => [...call.shape, output_dim],
});

const reversibleEmbedding = kind({
  className: 'ReversibleEmbedding',
  fields: { ...embeddingFields, tie_weights: flag(true), reverse_dtype: json(), logit_soft_cap: json() },
  ignored: EMBEDDING_KEYS,
  build(layer, { input_dim, output_dim, embeddings_initializer, tie_weights }) {
    layer.weight('embeddings', [input_dim, output_dim], embeddings_initializer);
    if (!tie_weights) layer.weight('reverse_embeddings', [output_dim, input_dim], embeddings_initializer);
  },
  output: ({ input_dim, output_dim }, call) =>
    call.kwargs.reverse === true || call.args[1] === true
      ? replaced(call.shape, -1, input_dim)
      : [...call.shape, output_dim],
});

const lambda = kind({
  className: 'Lambda',
  fields: { function: json(), output_shape: json(), mask: json(), arguments: json() },
  ignored: words('module output_shape_module mask_module function_type output_shape_type mask_type'),
  output({ output_shape: shape }, call, layer) {
    // As in Keras, the output shape of a Lambda is given without the batch axis.
    return isDims(shape)
      ? [call.shape[0], ...shape]
      : new UnknownShape(`the output of Lambda layer ${show(layer.path)}, which is code`, layer.className);
  },
});

export const core = {
  /**
   * A fully connected layer: `[batch, …, inputs]` to `[batch, …, units]`. Weights: kernel `[inputs, units]`,
   * bias `[units]`.
   */
  dense: denseLike('Dense', tuning),
  /**
   * A table of vectors, one for each index: `[batch, …]` to `[batch, …, outputDim]`. Weights: embeddings
   * `[inputDim, outputDim]`.
   */
  embedding,
  /**
   * An Embedding that also turns vectors back into scores of indices. Weights: embeddings
   * `[inputDim, outputDim]`; where `tieWeights` is false, reverse_embeddings `[outputDim, inputDim]`, too.
   */
  reversibleEmbedding,
  /**
   * A function in code, which is never run. No weights. The output has the shape `outputShape`, given without
   * the batch axis; without it the shape is unknown.
   */
  lambda,
  /** An activation, element by element. No weights. The shape stays. */
  activation: sameShape('Activation', { activation: activation() }),
  /** Returns its input. No weights. The shape stays. */
  identity: sameShape('Identity', {}),
  /** Masks the steps in time whose elements are all `maskValue`. No weights. The shape stays. */
  masking: sameShape('Masking', { mask_value: json(0) }),
  /** Adds a penalty on its input to the loss. No weights. The shape stays. */
  activityRegularization: sameShape('ActivityRegularization', { l1: json(0), l2: json(0) }),
  /** Joins all axes but the first: `[batch, a, b]` to `[batch, a * b]`. No weights. */
  flatten: shapeKind('Flatten', { data_format: dataFormat }, ([batch, ...rest]) => [batch, elements(rest)]),
  /** Repeats a vector: `[batch, features]` to `[batch, n, features]`. No weights. */
  repeatVector: shapeKind('RepeatVector', { n: size() }, ([batch, ...rest], { n }) => [batch, n, ...rest]),
  /**
   * A Dense that computes with its kernel rounded to -1, 0 and 1: `[batch, …, inputs]` to
   * `[batch, …, units]`. Weights: kernel `[inputs, units]`, bias `[units]`.
   */
  ternaryDense: denseLike('TernaryDense', { threshold: json() }),
};
