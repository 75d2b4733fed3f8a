/*
 * Keras 2's recurrent layers on cuDNN. They have no cell and always a bias, which is twice as long as in
 * other recurrent layers: one half for the inputs and one for the states.
 */
import type { InitializerJson } from '../../../initializers';
import { type Call, Outputs } from '../call';
import { flag, initializer, size } from '../config_fields';
import { kind } from '../kind';
import type { Layer } from '../layer';
import { ofRank, sizeOf } from '../shape';
import { regularized } from './common_fields';
import { consecutiveParts, SEQUENCE_KEYS, sequenceFields } from './recurrent';

const fields = {
  units: size(),
  kernel_initializer: initializer('glorot_uniform'),
  recurrent_initializer: initializer('orthogonal'),
  bias_initializer: initializer('zeros'),
  ...regularized('kernel', 'recurrent', 'bias'),
  ...sequenceFields,
};

interface Config {
  readonly units: number;
  readonly kernel_initializer: InitializerJson;
  readonly recurrent_initializer: InitializerJson;
  readonly return_sequences: boolean;
  readonly return_state: boolean;
}

function addKernels(layer: Layer, gates: number, config: Config, call: Call): void {
  const { units, kernel_initializer, recurrent_initializer } = config;
  const inputs = sizeOf(ofRank(call.shape, 3), 2);
  layer.weight('kernel', [inputs, gates * units], kernel_initializer);
  layer.weight('recurrent_kernel', [units, gates * units], recurrent_initializer);
}

/** What a layer with that many states returns. */
function outputs(states: number, { units, return_sequences, return_state }: Config, call: Call): Outputs {
  const [batch, time] = call.shape;
  const state = [batch, units];
  return new Outputs([
    return_sequences ? [batch, time, units] : state,
    ...(return_state ? Array(states).fill(state) : []),
  ]);
}

const cudnnLstm = kind({
  className: 'CuDNNLSTM',
  fields: { ...fields, unit_forget_bias: flag(true) },
  ignored: SEQUENCE_KEYS,
  build(layer, config, call) {
    const { units, bias_initializer: bias, unit_forget_bias } = config;
    addKernels(layer, 4, config, call);
    // The forget gate of the states is the sixth of the eight gates.
    const parts = consecutiveParts([5 * units, bias], [units, 'ones'], [2 * units, bias]);
    layer.weight('bias', [8 * units], bias, unit_forget_bias ? { parts } : {});
  },
  output: (config, call) => outputs(2, config, call),
});

const cudnnGru = kind({
  className: 'CuDNNGRU',
  fields,
  ignored: SEQUENCE_KEYS,
  build(layer, config, call) {
    addKernels(layer, 3, config, call);
    layer.weight('bias', [6 * config.units], config.bias_initializer);
  },
  output: (config, call) => outputs(1, config, call),
});

export const cudnn = {
  /**
   * Keras 2's LSTM on cuDNN. Weights: kernel `[inputs, 4 * units]`, recurrent_kernel `[units, 4 * units]`,
   * bias `[8 * units]`, which is ones for the states' forget gate unless `unitForgetBias` is false.
   */
  cudnnLstm,
  /**
   * Keras 2's GRU on cuDNN. Weights: kernel `[inputs, 3 * units]`, recurrent_kernel `[units, 3 * units]`,
   * bias `[6 * units]`.
   */
  cudnnGru,
};
