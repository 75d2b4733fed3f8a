import { Outputs } from '../call';
import { flag, size } from '../config_fields';
import { type Kind, kind } from '../kind';
import { ofRank, sizeOf, split } from '../shape';
import { activation, regularized } from './common_fields';
import { convolved, windowFields } from './convolution';
import { dropouts, gateInitializers, lstmBias, recurrent } from './recurrent';

/** An LSTM's cell with convolutions in place of matrix products. */
const cell = (rank: number) =>
  kind({
    className: `ConvLSTM${rank}DCell`,
    aliases: [`ConvLSTMCell${rank}D`],
    fields: {
      filters: size(),
      ...windowFields(rank),
      activation: activation('tanh'),
      recurrent_activation: activation('sigmoid'),
      ...gateInitializers,
      unit_forget_bias: flag(true),
      ...regularized('kernel', 'recurrent', 'bias'),
      ...dropouts,
    },
    build(layer, config, call) {
      const { filters, kernel_size, kernel_initializer, recurrent_initializer, bias_initializer } = config;
      const shape = ofRank(call.shape, rank + 2);
      const channels = sizeOf(shape, split(shape, config.data_format).channels);
      layer.weight('kernel', [...kernel_size, channels, 4 * filters], kernel_initializer);
      layer.weight('recurrent_kernel', [...kernel_size, filters, 4 * filters], recurrent_initializer);
      const parts = config.unit_forget_bias ? { parts: lstmBias(filters, bias_initializer) } : {};
      if (config.use_bias) layer.weight('bias', [4 * filters], bias_initializer, parts);
    },
    output(config, call) {
      const state = convolved(call.shape, config.filters, config);
      return new Outputs([state, state, state]);
    },
  });

const cells = [1, 2, 3].map(cell);

/**
 * Each rank has a cell class of its own, because a file says the rank in the name of the layer's class
 * alone.
 */
const convLstm = (rank: number): Kind<any> =>
  recurrent(`ConvLSTM${rank}D`, cells[rank - 1], 'conv_lstm_cell');

export const convLstmCells = { convLSTM1dCell: cells[0], convLSTM2dCell: cells[1], convLSTM3dCell: cells[2] };
export const convLstms = {
  /**
   * An LSTM with convolutions along one axis: `[batch, time, length, channels]` to
   * `[batch, length, filters]`, or with the time axis where `returnSequences` is set. Weights: kernel
   * `[...kernelSize, channels, 4 * filters]`, recurrent_kernel `[...kernelSize, filters, 4 * filters]`, bias
   * `[4 * filters]`, which is ones for the forget gate unless `unitForgetBias` is false.
   */
  convLSTM1d: convLstm(1),
  /**
   * An LSTM with convolutions along two axes: `[batch, time, rows, columns, channels]` to
   * `[batch, rows, columns, filters]`, or with the time axis where `returnSequences` is set. Weights: kernel
   * `[...kernelSize, channels, 4 * filters]`, recurrent_kernel `[...kernelSize, filters, 4 * filters]`, bias
   * `[4 * filters]`, which is ones for the forget gate unless `unitForgetBias` is false.
   */
  convLSTM2d: convLstm(2),
  /**
   * An LSTM with convolutions along three axes: `[batch, time, depth, rows, columns, channels]` to
   * `[batch, depth, rows, columns, filters]`, or with the time axis where `returnSequences` is set. Weights:
   * kernel `[...kernelSize, channels, 4 * filters]`, recurrent_kernel
   * `[...kernelSize, filters, 4 * filters]`, bias `[4 * filters]`, which is ones for the forget gate unless
   * `unitForgetBias` is false.
   */
  convLSTM3d: convLstm(3),
};
