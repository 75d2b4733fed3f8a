import { ArgumentError, show } from '../../../core/errors';
import {
  causalPadding,
  dataFormat,
  each,
  flag,
  optional,
  padding,
  size,
  natural,
  initializer,
} from '../fields';
import { kind } from '../kind';
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
import { activation, kernelAndBias, regularized } from './arguments';
import { TUNING, tuning } from './core';

interface Window {
  readonly kernel_size: readonly number[];
  readonly strides: readonly number[];
  readonly padding: Padding;
  readonly data_format: DataFormat;
  readonly dilation_rate: readonly number[];
}

/** What a convolution with `filters` outputs returns. Axes beyond the window's are batch axes too. */
export function convolved(
  shape: Dims,
  filters: Dim,
  { kernel_size, strides, padding, data_format, dilation_rate }: Window,
): Dims {
  const { space } = split(atLeastRank(shape, kernel_size.length + 2), data_format);
  const extra = space.length - kernel_size.length;
  const lengths = space.map((length, i) =>
    i < extra
      ? length
      : windowLength(length, kernel_size[i - extra], strides[i - extra], padding, dilation_rate[i - extra]),
  );
  return join(shape[0], lengths, filters, data_format);
}

export const windowFields = (rank: number) => ({
  kernel_size: each(rank, size()),
  strides: each(rank, size(), 1),
  padding: rank === 1 ? causalPadding : padding,
  data_format: dataFormat,
  dilation_rate: each(rank, size(), 1),
});

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
    build(
      layer,
      { filters, kernel_size, data_format, groups, use_bias, kernel_initializer, bias_initializer },
      call,
    ) {
      const shape = atLeastRank(call.shape, rank + 2);
      const channels = sizeOf(shape, split(shape, data_format).channels);
      for (const [name, value] of [
        ['filters', filters],
        ['the number of input channels', channels],
      ] as const) {
        if (value % groups !== 0)
          throw new ArgumentError(`${name} must be a multiple of groups = ${groups}, got ${show(value)}`);
      }
      layer.weight('kernel', [...kernel_size, channels / groups, filters], kernel_initializer);
      if (use_bias) layer.weight('bias', [filters], bias_initializer);
    },
    output: (config, call) => convolved(call.shape, config.filters, config),
  });

/** Transposed kernels are [...window, filters, channels], and so their fans are the other way round: in Keras, too. */
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
    build(
      layer,
      { filters, kernel_size, data_format, use_bias, kernel_initializer, bias_initializer },
      call,
    ) {
      const shape = atLeastRank(call.shape, rank + 2);
      layer.weight(
        'kernel',
        [...kernel_size, filters, sizeOf(shape, split(shape, data_format).channels)],
        kernel_initializer,
      );
      if (use_bias) layer.weight('bias', [filters], bias_initializer);
    },
    output({ filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate }, call) {
      const { space } = split(atLeastRank(call.shape, rank + 2), data_format);
      const lengths = space.map((length, i) =>
        transposedLength(
          length,
          kernel_size[i],
          strides[i],
          padding,
          dilation_rate[i],
          output_padding && output_padding[i],
        ),
      );
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
/** tf.keras derives the layer from Conv2D, and writes its arguments as well. */
const INHERITED = ['groups', 'filters', 'kernel_initializer', 'kernel_regularizer', 'kernel_constraint'];

const depthwise = (rank: number) =>
  kind({
    className: `DepthwiseConv${rank}D`,
    fields: { ...depthwiseFields(rank), ...regularized('depthwise', 'bias') },
    ignored: INHERITED,
    build(
      layer,
      { kernel_size, depth_multiplier, data_format, use_bias, depthwise_initializer, bias_initializer },
      call,
    ) {
      const shape = atLeastRank(call.shape, rank + 2);
      const channels = sizeOf(shape, split(shape, data_format).channels);
      const name = layer.context.generation === 2 ? 'depthwise_kernel' : 'kernel';
      layer.weight(name, [...kernel_size, channels, depth_multiplier], depthwise_initializer);
      if (use_bias) layer.weight('bias', [channels * depth_multiplier], bias_initializer);
    },
    output(config, call) {
      const channels = call.shape[config.data_format === 'channels_last' ? call.shape.length - 1 : 1];
      return convolved(call.shape, channels === null ? null : channels * config.depth_multiplier, config);
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
    build(
      layer,
      {
        filters,
        kernel_size,
        depth_multiplier,
        data_format,
        use_bias,
        depthwise_initializer,
        pointwise_initializer,
        bias_initializer,
      },
      call,
    ) {
      const shape = atLeastRank(call.shape, rank + 2);
      const channels = sizeOf(shape, split(shape, data_format).channels);
      layer.weight('depthwise_kernel', [...kernel_size, channels, depth_multiplier], depthwise_initializer);
      layer.weight(
        'pointwise_kernel',
        [...Array<number>(rank).fill(1), channels * depth_multiplier, filters],
        pointwise_initializer,
      );
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
      const {
        filters,
        kernel_size,
        data_format,
        implementation,
        use_bias,
        kernel_initializer,
        bias_initializer,
      } = config;
      const shape = atLeastRank(call.shape, rank + 2);
      const { channels: axis, space } = split(shape, data_format);
      const channels = sizeOf(shape, axis);
      const input = space.map((_, i) => sizeOf(shape, i + (data_format === 'channels_last' ? 1 : 2)));
      const output = split(convolved(shape, filters, config), data_format).space as readonly number[];
      const window = kernel_size.reduce((all, one) => all * one, channels);
      const positions = output.reduce((all, one) => all * one, 1);
      const first = data_format === 'channels_first';
      if (implementation === 1) layer.weight('kernel', [positions, window, filters], kernel_initializer);
      else if (implementation === 2) {
        layer.weight(
          'kernel',
          first ? [channels, ...input, filters, ...output] : [...input, channels, ...output, filters],
          kernel_initializer,
        );
      } else throw new ArgumentError(`implementation must be 1 or 2, got ${show(implementation)}`);
      if (use_bias) layer.weight('bias', [...output, filters], bias_initializer);
    },
    output: (config, call) => convolved(call.shape, config.filters, config),
  });

export const convolutions = {
  conv1d: convolution(1),
  conv2d: convolution(2),
  conv3d: convolution(3),
  conv1dTranspose: transposed(1),
  conv2dTranspose: transposed(2),
  conv3dTranspose: transposed(3),
  depthwiseConv1d: depthwise(1),
  depthwiseConv2d: depthwise(2),
  separableConv1d: separable(1),
  separableConv2d: separable(2),
  locallyConnected1d: locallyConnected(1),
  locallyConnected2d: locallyConnected(2),
};
