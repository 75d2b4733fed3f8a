import { ArgumentError, show } from '../../../core/errors';
import { product } from '../../../core/shape';
import type { Call } from '../call';
import {
  causalPadding,
  dataFormat,
  each,
  flag,
  initializer,
  natural,
  optional,
  padding,
  size,
} from '../config_fields';
import { kind } from '../kind';
import type { Layer } from '../layer';
import {
  atLeastRank,
  type DataFormat,
  type Dim,
  type Dims,
  join,
  type Padding,
  sizeOf,
  split,
  transposedLength,
  windowLength,
} from '../shape';
import { activation, kernelAndBias, type KernelAndBias, regularized } from './common_fields';
import { TUNING, tuning } from './core';

interface Window {
  readonly kernel_size: readonly number[];
  readonly strides: readonly number[];
  readonly padding: Padding;
  readonly data_format: DataFormat;
  readonly dilation_rate: readonly number[];
}

export const windowFields = (rank: number) => ({
  kernel_size: each(rank, size()),
  strides: each(rank, size(), 1),
  padding: rank === 1 ? causalPadding : padding,
  data_format: dataFormat,
  dilation_rate: each(rank, size(), 1),
});

/**
 * The shape of a convolution's output. Where the input has more axes than the window, those before the
 * window's are batch axes, too.
 */
export function convolved(
  shape: Dims,
  filters: Dim,
  { kernel_size, strides, padding, data_format, dilation_rate }: Window,
): Dims {
  const { space } = split(atLeastRank(shape, kernel_size.length + 2), data_format);
  const extra = space.length - kernel_size.length;
  const lengths = space.map((length, axis) => {
    const i = axis - extra;
    return i < 0 ? length : windowLength(length, kernel_size[i], strides[i], padding, dilation_rate[i]);
  });
  return join(shape[0], lengths, filters, data_format);
}

/** The number of channels of the input. */
function channelsOf(call: Call, { kernel_size, data_format }: Window): number {
  const shape = atLeastRank(call.shape, kernel_size.length + 2);
  return sizeOf(shape, split(shape, data_format).channels);
}

function addKernelAndBias(
  layer: Layer,
  kernel: readonly number[],
  bias: readonly number[],
  { use_bias, kernel_initializer, bias_initializer }: KernelAndBias,
): void {
  layer.weight('kernel', kernel, kernel_initializer);
  if (use_bias) layer.weight('bias', bias, bias_initializer);
}

const rest = {
  activation: activation(),
  use_bias: flag(true),
  ...kernelAndBias,
  ...regularized('kernel', 'bias'),
};

const convolution = (rank: number) =>
  kind({
    className: `Conv${rank}D`,
    aliases: [`Convolution${rank}D`],
    fields: { filters: size(), ...windowFields(rank), groups: size(1), ...rest, ...tuning },
    ignored: TUNING,
    build(layer, config, call) {
      const { filters, kernel_size, groups } = config;
      const channels = channelsOf(call, config);
      checkGroups('filters', filters, groups);
      checkGroups('the number of input channels', channels, groups);
      addKernelAndBias(layer, [...kernel_size, channels / groups, filters], [filters], config);
    },
    output: (config, call) => convolved(call.shape, config.filters, config),
  });

function checkGroups(what: string, value: number, groups: number): void {
  if (value % groups !== 0)
    throw new ArgumentError(`${what} must be a multiple of groups = ${groups}, got ${show(value)}`);
}

/** Kernels of transposed convolutions are [...window, filters, channels], so that Keras swaps their fans. */
const transposed = (rank: number) =>
  kind({
    className: `Conv${rank}DTranspose`,
    aliases: [`Convolution${rank}DTranspose`, ...(rank === 2 ? ['Deconvolution2D'] : [])],
    fields: {
      filters: size(),
      ...windowFields(rank),
      padding,
      output_padding: optional(each(rank, natural())),
      ...rest,
    },
    ignored: ['groups'],
    build(layer, config, call) {
      const { filters, kernel_size } = config;
      addKernelAndBias(layer, [...kernel_size, filters, channelsOf(call, config)], [filters], config);
    },
    output(config, call) {
      const { filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate } = config;
      const { space } = split(atLeastRank(call.shape, rank + 2), data_format);
      const lengths = space.map((length, i) => {
        const extra = output_padding && output_padding[i];
        return transposedLength(length, kernel_size[i], strides[i], padding, dilation_rate[i], extra);
      });
      return join(call.shape[0], lengths, filters, data_format);
    },
  });

const depthwiseFields = (rank: number) => ({
  ...windowFields(rank),
  depth_multiplier: size(1),
  activation: activation(),
  use_bias: flag(true),
  depthwise_initializer: initializer('glorot_uniform'),
  bias_initializer: initializer('zeros'),
});
/** tf.keras derives these layers from Conv2D and writes its arguments as well. */
const INHERITED = ['groups', 'filters', 'kernel_initializer', 'kernel_regularizer', 'kernel_constraint'];

const depthwise = (rank: number) =>
  kind({
    className: `DepthwiseConv${rank}D`,
    fields: { ...depthwiseFields(rank), ...regularized('depthwise', 'bias') },
    ignored: INHERITED,
    build(layer, config, call) {
      const { kernel_size, depth_multiplier: multiplier, use_bias, bias_initializer } = config;
      const channels = channelsOf(call, config);
      const name = layer.generation === 2 ? 'depthwise_kernel' : 'kernel';
      layer.weight(name, [...kernel_size, channels, multiplier], config.depthwise_initializer);
      if (use_bias) layer.weight('bias', [channels * multiplier], bias_initializer);
    },
    output(config, call) {
      const { shape } = call;
      const channels = shape[config.data_format === 'channels_last' ? shape.length - 1 : 1];
      return convolved(shape, channels === null ? null : channels * config.depth_multiplier, config);
    },
  });

const separable = (rank: number) =>
  kind({
    className: `SeparableConv${rank}D`,
    aliases: [`SeparableConvolution${rank}D`],
    fields: {
      filters: size(),
      ...depthwiseFields(rank),
      pointwise_initializer: initializer('glorot_uniform'),
      ...regularized('depthwise', 'pointwise', 'bias'),
    },
    ignored: INHERITED,
    build(layer, config, call) {
      const { filters, kernel_size, depth_multiplier: multiplier, use_bias, bias_initializer } = config;
      const channels = channelsOf(call, config);
      const point = kernel_size.map(() => 1);
      const { depthwise_initializer, pointwise_initializer } = config;
      layer.weight('depthwise_kernel', [...kernel_size, channels, multiplier], depthwise_initializer);
      layer.weight('pointwise_kernel', [...point, channels * multiplier, filters], pointwise_initializer);
      if (use_bias) layer.weight('bias', [filters], bias_initializer);
    },
    output: (config, call) => convolved(call.shape, config.filters, config),
  });

/** Keras 2's convolution whose weights are not shared between positions. */
const locallyConnected = (rank: number) =>
  kind({
    className: `LocallyConnected${rank}D`,
    fields: { filters: size(), ...windowFields(rank), implementation: size(1), ...rest },
    build(layer, config, call) {
      const { filters, data_format } = config;
      const output = split(convolved(call.shape, filters, config), data_format).space as readonly number[];
      addKernelAndBias(layer, localKernel(call, output, config), [...output, filters], config);
    },
    output: (config, call) => convolved(call.shape, config.filters, config),
  });

/** The shape of a locally connected kernel, which follows from how Keras computes the layer. */
function localKernel(
  call: Call,
  output: readonly number[],
  config: Window & { readonly filters: number; readonly implementation: number },
): readonly number[] {
  const { filters, kernel_size, data_format, implementation } = config;
  const channels = channelsOf(call, config);
  const { space } = split(call.shape, data_format);
  const first = data_format === 'channels_first';
  const input = space.map((_, i) => sizeOf(call.shape, i + (first ? 2 : 1)));
  if (implementation === 1) return [product(output), channels * product(kernel_size), filters];
  if (implementation === 2) {
    return first ? [channels, ...input, filters, ...output] : [...input, channels, ...output, filters];
  }
  throw new ArgumentError(`implementation must be 1 or 2, got ${show(implementation)}`);
}

export const convolutions = {
  /**
   * A convolution along one axis: `[batch, length, channels]` to the same rank with `filters` channels.
   * Weights: kernel `[...kernelSize, channels / groups, filters]`, bias `[filters]`.
   */
  conv1d: convolution(1),
  /**
   * A convolution along two axes: `[batch, rows, columns, channels]` to the same rank with `filters`
   * channels. Weights: kernel `[...kernelSize, channels / groups, filters]`, bias `[filters]`.
   */
  conv2d: convolution(2),
  /**
   * A convolution along three axes: `[batch, depth, rows, columns, channels]` to the same rank with `filters`
   * channels. Weights: kernel `[...kernelSize, channels / groups, filters]`, bias `[filters]`.
   */
  conv3d: convolution(3),
  /**
   * A transposed convolution along one axis: `[batch, length, channels]` to the same rank with `filters`
   * channels. Weights: kernel `[...kernelSize, filters, channels]`, bias `[filters]`.
   */
  conv1dTranspose: transposed(1),
  /**
   * A transposed convolution along two axes: `[batch, rows, columns, channels]` to the same rank with
   * `filters` channels. Weights: kernel `[...kernelSize, filters, channels]`, bias `[filters]`.
   */
  conv2dTranspose: transposed(2),
  /**
   * A transposed convolution along three axes: `[batch, depth, rows, columns, channels]` to the same rank
   * with `filters` channels. Weights: kernel `[...kernelSize, filters, channels]`, bias `[filters]`.
   */
  conv3dTranspose: transposed(3),
  /**
   * A convolution along one axis with kernels of their own for each channel: `[batch, length, channels]` to
   * the same rank with `depthMultiplier` channels for each. Weights: kernel
   * `[...kernelSize, channels, depthMultiplier]`, bias `[channels * depthMultiplier]`.
   */
  depthwiseConv1d: depthwise(1),
  /**
   * A convolution along two axes with kernels of their own for each channel:
   * `[batch, rows, columns, channels]` to the same rank with `depthMultiplier` channels for each. Weights:
   * kernel `[...kernelSize, channels, depthMultiplier]`, bias `[channels * depthMultiplier]`.
   */
  depthwiseConv2d: depthwise(2),
  /**
   * A convolution along one axis, first within channels and then across them: `[batch, length, channels]` to
   * the same rank with `filters` channels. Weights: depthwise_kernel
   * `[...kernelSize, channels, depthMultiplier]`, pointwise_kernel
   * `[1, channels * depthMultiplier, filters]`, bias `[filters]`.
   */
  separableConv1d: separable(1),
  /**
   * A convolution along two axes, first within channels and then across them:
   * `[batch, rows, columns, channels]` to the same rank with `filters` channels. Weights: depthwise_kernel
   * `[...kernelSize, channels, depthMultiplier]`, pointwise_kernel
   * `[1, 1, channels * depthMultiplier, filters]`, bias `[filters]`.
   */
  separableConv2d: separable(2),
  /**
   * Keras 2's convolution along one axis whose kernel differs from position to position. Weights: kernel
   * `[positions, channels * kernelSize, filters]`, bias `[positions, filters]`.
   */
  locallyConnected1d: locallyConnected(1),
  /**
   * Keras 2's convolution along two axes whose kernel differs from position to position. The output has the
   * shape `[batch, rows, columns, filters]`. Weights: kernel
   * `[rows * columns, channels * the size of the window, filters]`, bias `[rows, columns, filters]`. With
   * `implementation` 2 the kernel is `[...input, channels, ...output, filters]`.
   */
  locallyConnected2d: locallyConnected(2),
};
