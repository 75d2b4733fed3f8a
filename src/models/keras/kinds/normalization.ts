import { ArgumentError, show } from '../../../core/errors';
import type { Layer } from '../layer';
import {
  type ConfigField,
  flag,
  initializer,
  integer,
  json,
  layer as layerField,
  oneOrList,
  size,
} from '../config_fields';
import { kind, sameShape } from '../kind';
import { axisOf, type Dims, sizeOf } from '../shape';
import type { InitializerJson } from '../../../initializers';
import { layerJson } from '../serialize';
import { regularized } from './common_fields';

const scaled = {
  center: flag(true),
  scale: flag(true),
  beta_initializer: initializer('zeros'),
  gamma_initializer: initializer('ones'),
  ...regularized('beta', 'gamma'),
};

interface Scaled {
  readonly center: boolean;
  readonly scale: boolean;
  readonly beta_initializer: InitializerJson;
  readonly gamma_initializer: InitializerJson;
}

function addGammaAndBeta(
  layer: Layer,
  shape: readonly number[],
  { center, scale, beta_initializer, gamma_initializer }: Scaled,
): void {
  if (scale) layer.weight('gamma', shape, gamma_initializer);
  if (center) layer.weight('beta', shape, beta_initializer);
}

/** The sizes of the axes, in the order of the axes in the shape. */
function sizesOf(shape: Dims, axes: number | readonly number[]): readonly number[] {
  const indices = [axes].flat().map((axis) => axisOf(shape, axis));
  const sorted = indices.sort((a, b) => a - b);
  if (new Set(sorted).size !== sorted.length)
    throw new ArgumentError(`axis must not name an axis twice, got ${show(axes)}`);
  return sorted.map((axis) => sizeOf(shape, axis));
}

/** One axis, for which tf.keras 2 writes a list with one. */
const oneAxis: ConfigField<number | readonly number[]> = {
  initial: -1,
  read(name, value) {
    const axis = oneOrList(integer()).read(name, value);
    return typeof axis !== 'number' && axis.length === 1 ? axis[0] : axis;
  },
};

const batchNormalization = kind({
  className: 'BatchNormalization',
  aliases: ['SyncBatchNormalization', 'BatchNormalizationV1', 'BatchNormalizationV2'],
  fields: {
    axis: oneAxis,
    momentum: json(0.99),
    epsilon: json(0.001),
    ...scaled,
    moving_mean_initializer: initializer('zeros'),
    moving_variance_initializer: initializer('ones'),
    renorm: flag(false),
    synchronized: json(false),
  },
  ignored: ['renorm_clipping', 'renorm_momentum', 'fused', 'virtual_batch_size', 'adjustment', 'mode'],
  build(layer, config, call) {
    if (config.renorm)
      throw new ArgumentError('renorm must be false, got true: batch renormalization is not supported');
    const shape = sizesOf(call.shape, config.axis);
    addGammaAndBeta(layer, shape, config);
    layer.weight('moving_mean', shape, config.moving_mean_initializer, { trainable: false });
    layer.weight('moving_variance', shape, config.moving_variance_initializer, { trainable: false });
  },
  output: (_, call) => call.shape,
});

const layerNormalization = kind({
  className: 'LayerNormalization',
  fields: { axis: oneOrList(integer(), -1), epsilon: json(0.001), ...scaled, rms_scaling: flag(false) },
  build(layer, config, call) {
    const { rms_scaling: rms } = config;
    addGammaAndBeta(layer, sizesOf(call.shape, config.axis), {
      ...config,
      scale: config.scale || rms,
      center: config.center && !rms,
    });
  },
  output: (_, call) => call.shape,
});

const groupNormalization = kind({
  className: 'GroupNormalization',
  fields: { groups: integer(32), axis: integer(-1), epsilon: json(0.001), ...scaled },
  build(layer, config, call) {
    const channels = sizeOf(call.shape, config.axis);
    const groups = config.groups === -1 ? channels : config.groups;
    if (groups <= 0 || channels % groups !== 0)
      throw new ArgumentError(
        `groups must divide the ${channels} channels, or be -1, got ${show(config.groups)}`,
      );
    addGammaAndBeta(layer, [channels], config);
  },
  output: (_, call) => call.shape,
});

const rmsNormalization = kind({
  className: 'RMSNormalization',
  fields: { axis: oneOrList(integer(), -1), epsilon: json(1e-6) },
  build(layer, { axis }, { shape }) {
    // Keras sorts the axes as they are given, so that negative ones come first.
    const axes = [axis].flat().sort((a, b) => a - b);
    const sizes = axes.map((one) => sizeOf(shape, one));
    layer.weight('scale', sizes, 'ones');
  },
  output: (_, call) => call.shape,
});

/** The statistics of the data are weights unless the configuration has them. */
const normalization = kind({
  className: 'Normalization',
  fields: { axis: json(-1), mean: json(), variance: json(), invert: flag(false) },
  build(layer, { axis, mean }, { shape }) {
    if (mean !== null) return;
    const axes = axis === null ? [] : oneOrList(integer()).read('axis', axis);
    const sizes = sizesOf(shape, axes);
    layer.weight('mean', sizes, 'zeros', { trainable: false });
    layer.weight('variance', sizes, 'ones', { trainable: false });
    layer.weight('count', [], 'zeros', { trainable: false });
  },
  output: (_, call) => call.shape,
});

/**
 * Divides a layer's kernel by its largest singular value, for which it keeps an estimate of the singular
 * vector.
 */
const spectralNormalization = kind({
  className: 'SpectralNormalization',
  fields: { layer: layerField(), power_iterations: size(1) },
  children(layer, { layer: source }) {
    layer.child(source);
  },
  build(layer, _, call) {
    const [child] = layer.children;
    child.call(call);
    const kernel = kernelOf(child);
    if (!kernel)
      throw new ArgumentError(`it wraps a layer with a kernel or embeddings, got ${child.className}`);
    const vector = { class_name: 'TruncatedNormal', config: { mean: 0, stddev: 0.02 } };
    layer.weight('vector_u', [1, kernel.shape.at(-1)!], vector, { trainable: false });
  },
  output: (_, call, layer) => layer.children[0].call(call)[0],
  order(layer, own) {
    // Keras's wrapper tracks the layer's kernel as a weight of its own, before its vector.
    const { weights } = layer.children[0];
    const kernel = kernelOf(layer.children[0]);
    return kernel ? [kernel, ...own, ...weights.filter((weight) => weight !== kernel)] : [...own, ...weights];
  },
  config: (layer) => ({ layer: layerJson(layer.children[0]) }),
});

/** The weight that SpectralNormalization normalizes. */
const kernelOf = (layer: Layer) =>
  layer.weights.find(({ variable }) => ['kernel', 'depthwise_kernel', 'embeddings'].includes(variable));

export const normalizations = {
  /**
   * Normalizes with the mean and the variance of a batch. Weights: gamma, beta, moving_mean and
   * moving_variance, each `[channels]`. The last two do not train. The shape stays.
   */
  batchNormalization,
  /**
   * Normalizes each sample along `axis`. Weights: gamma and beta, each of the sizes of these axes. The shape
   * stays.
   */
  layerNormalization,
  /**
   * Normalizes each sample within `groups` groups of channels. Weights: gamma `[channels]`, beta
   * `[channels]`. The shape stays.
   */
  groupNormalization,
  /**
   * Divides by the root mean square along `axis`. Weights: scale, of the sizes of these axes. The shape
   * stays.
   */
  rmsNormalization,
  /**
   * Subtracts a mean and divides by a standard deviation. Weights: none where `mean` and `variance` are
   * given. Otherwise mean and variance, each of the sizes of `axis`, and count `[]`, none of which train. The
   * shape stays.
   */
  normalization,
  /**
   * Wraps a layer and divides its kernel by its largest singular value. Weights: those of the layer, and
   * vector_u `[1, outputs]`, which does not train.
   */
  spectralNormalization,
  /** Divides by the L2 norm along `axis`. No weights. The shape stays. */
  unitNormalization: sameShape('UnitNormalization', { axis: json(-1) }),
};
