import { type Call, Many } from '../call';
import { flag, initializer, size } from '../fields';
import { kind } from '../kind';
import type { Layer } from '../layer';
import type { InitializerSource } from '../../initializer_source';
import { ofRank, sizeOf } from '../shape';
import { regularized } from './arguments';
import { SEQUENCE_KEYS, sequenceFields } from './recurrent';

/*
 * Keras 2's recurrent layers on cuDNN. They have no cell, always a bias, and it is twice as long:
 * one for the inputs, one for the states.
 */

const fields = {
  units: size(),
  kernel_initializer: initializer('glorot_uniform'),
  recurrent_initializer: initializer('orthogonal'),
  bias_initializer: initializer('zeros'),
  ...regularized('kernel', 'recurrent', 'bias'),
  ...sequenceFields,
};
type Loop = { return_sequences: boolean; return_state: boolean };
type Config = {
  units: number;
  kernel_initializer: InitializerSource;
  recurrent_initializer: InitializerSource;
};

function addKernels(
  layer: Layer,
  inputs: number,
  gates: number,
  { units, kernel_initializer, recurrent_initializer }: Config,
): void {
  layer.weight('kernel', [inputs, gates * units], kernel_initializer);
  layer.weight('recurrent_kernel', [units, gates * units], recurrent_initializer);
}

const output =
  (states: number) =>
  ({ units, return_sequences, return_state }: Config & Loop, { shape }: Call): Many => {
    const state = [shape[0], units];
    return new Many([
      return_sequences ? [shape[0], shape[1], units] : state,
      ...(return_state ? Array(states).fill(state) : []),
    ]);
  };

const cudnnLstm = kind({
  className: 'CuDNNLSTM',
  fields: { ...fields, unit_forget_bias: flag(true) },
  ignored: SEQUENCE_KEYS,
  build(layer, config, call) {
    const { units, bias_initializer: bias, unit_forget_bias } = config;
    addKernels(layer, sizeOf(ofRank(call.shape, 3), 2), 4, config);
    const parts = [
      { start: 0, shape: [5 * units], initializer: bias },
      { start: 5 * units, shape: [units], initializer: 'ones' },
      { start: 6 * units, shape: [2 * units], initializer: bias },
    ];
    layer.weight('bias', [8 * units], bias, unit_forget_bias ? { parts } : {});
  },
  output: output(2),
});

const cudnnGru = kind({
  className: 'CuDNNGRU',
  fields,
  ignored: SEQUENCE_KEYS,
  build(layer, config, call) {
    addKernels(layer, sizeOf(ofRank(call.shape, 3), 2), 3, config);
    layer.weight('bias', [6 * config.units], config.bias_initializer);
  },
  output: output(1),
});

export const cudnn = { cudnnLstm, cudnnGru };
