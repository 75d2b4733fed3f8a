import { ArgumentError } from '../../../core/errors';
import { elementCount } from '../../../core/shape';
import type { InitializerJson } from '../../../initializers';
import type { TensorPart } from '../../tensor_part';
import { Call, Outputs } from '../call';
import {
  type ConfigField,
  type ConfigFields,
  flag,
  initializer,
  json,
  layer as layerField,
  type LayerSource,
  list,
  size,
} from '../config_fields';
import { type Kind, kind } from '../kind';
import type { Layer } from '../layer';
import { layerJson } from '../serialize';
import { atLeastRank, type Dim, type Dims, sizeOf, type TensorShape, UnknownShape } from '../shape';
import { words } from '../words';
import { activation, regularized } from './common_fields';

/** Parts of a vector, one after the other, each with an initializer of its own. */
export function consecutiveParts(
  ...parts: readonly (readonly [length: number, initializer: InitializerJson])[]
): TensorPart[] {
  let start = 0;
  return parts.map(([length, initializer]) => {
    const part = { start, shape: [length], initializer };
    start += elementCount(part.shape);
    return part;
  });
}

/** The bias of an LSTM with `unit_forget_bias`: ones for the forget gate, which is the second of four. */
export function lstmBias(units: number, initializer: InitializerJson): TensorPart[] {
  return consecutiveParts([units, initializer], [units, 'ones'], [2 * units, initializer]);
}

export const gateInitializers = {
  use_bias: flag(true),
  kernel_initializer: initializer('glorot_uniform'),
  recurrent_initializer: initializer('orthogonal'),
  bias_initializer: initializer('zeros'),
};
export const dropouts = { dropout: json(0), recurrent_dropout: json(0), seed: json() };

const cellFields = {
  units: size(),
  activation: activation('tanh'),
  ...gateInitializers,
  ...regularized('kernel', 'recurrent', 'bias'),
  ...dropouts,
};
const gatedFields = { ...cellFields, recurrent_activation: activation('sigmoid') };
const lstmFields = { ...gatedFields, unit_forget_bias: flag(true) };
const gruFields = { ...gatedFields, reset_after: flag(true) };

interface CellConfig {
  readonly units: number;
  readonly kernel_initializer: InitializerJson;
  readonly recurrent_initializer: InitializerJson;
}

interface Cell<F extends ConfigFields> extends Pick<Kind<F>, 'className' | 'fields' | 'keras2'> {
  /** How many matrices each kernel holds side by side. */
  readonly gates: number;
  /** How many states go from one step to the next. */
  readonly states: number;
  /** Adds the bias. */
  bias(layer: Layer, config: Parameters<NonNullable<Kind<F>['build']>>[1]): void;
}

/** A cell takes [batch, inputs] and its states, and returns [batch, units] and its new states. */
function cell<F extends typeof cellFields>({ gates, states, bias, ...rest }: Cell<F>): Kind<F> {
  return {
    ...rest,
    ignored: ['implementation'],
    build(layer, config, call) {
      const { units, kernel_initializer, recurrent_initializer } = config as CellConfig;
      layer.weight('kernel', [sizeOf(call.shape, -1), gates * units], kernel_initializer);
      layer.weight('recurrent_kernel', [units, gates * units], recurrent_initializer);
      bias(layer, config);
    },
    output(config, call) {
      const output = [call.shape[0], (config as CellConfig).units];
      return new Outputs(Array<Dims>(1 + states).fill(output));
    },
  };
}

const simpleRnnCell = cell({
  className: 'SimpleRNNCell',
  fields: cellFields,
  gates: 1,
  states: 1,
  bias(layer, { units, use_bias, bias_initializer }) {
    if (use_bias) layer.weight('bias', [units], bias_initializer);
  },
});

const gruCell = cell({
  className: 'GRUCell',
  fields: gruFields,
  gates: 3,
  states: 1,
  // A file of Keras 2 without the key is older than the key: its biases have one row.
  keras2: { reset_after: false },
  bias(layer, { units, use_bias, bias_initializer, reset_after }) {
    if (use_bias) layer.weight('bias', reset_after ? [2, 3 * units] : [3 * units], bias_initializer);
  },
});

const lstmCell = cell({
  className: 'LSTMCell',
  fields: lstmFields,
  gates: 4,
  states: 2,
  bias(layer, { units, use_bias, bias_initializer, unit_forget_bias }) {
    const parts = unit_forget_bias ? { parts: lstmBias(units, bias_initializer) } : {};
    if (use_bias) layer.weight('bias', [4 * units], bias_initializer, parts);
  },
});

const stackedCells = kind({
  className: 'StackedRNNCells',
  fields: { cells: list(layerField()) },
  ignored: ['reverse_state_order'],
  children(layer, { cells }) {
    if (cells.length === 0) throw new ArgumentError('cells must hold a cell at least, got []');
    const taken = new Set<unknown>();
    for (const [i, source] of cells.entries()) taken.add(layer.child(distinct(taken, source, i)).name);
  },
  output(_, call, layer) {
    let input: TensorShape = call.shape;
    const states: TensorShape[] = [];
    for (const child of layer.children) {
      const [output, ...own] = child.call(Call.of(input));
      for (const state of own) states.push(state);
      input = output;
    }
    return new Outputs([input, ...states]);
  },
  config: (layer) => ({ cells: layer.children.map(layerJson) }),
});

/**
 * A cell under a name that no cell before it has. Files may repeat a name, because no call refers to a
 * cell.
 */
function distinct(taken: ReadonlySet<unknown>, source: LayerSource, index: number): LayerSource {
  const { name } = source.config;
  if (typeof name !== 'string' || !taken.has(name)) return source;
  return { ...source, config: { ...source.config, name: `${name}_${index}` } };
}

export const sequenceFields = {
  return_sequences: flag(false),
  return_state: flag(false),
  go_backwards: flag(false),
  stateful: flag(false),
};
/** Keys that change neither weights nor shapes. */
export const SEQUENCE_KEYS = words(
  'implementation unroll zero_output_for_mask time_major use_cudnn consume_less num_constants',
);

/** What a layer returns whose only child is a cell, which it applies at every step of the time axis. */
export function overTime(
  { return_sequences, return_state }: { return_sequences: boolean; return_state: boolean },
  call: Call,
  layer: Layer,
): Outputs {
  const [batch, time, ...rest] = atLeastRank(call.shape, 3);
  const [output, ...states] = layer.children[0].call(Call.of([batch, ...rest]));
  if (output instanceof UnknownShape) return new Outputs([output]);
  const [, ...features] = output as readonly Dim[];
  const sequence = return_sequences ? [batch, time, ...features] : [batch, ...features];
  return new Outputs(return_state ? [sequence, ...states] : [sequence]);
}

/** A layer that applies a cell over time. It has the fields of the cell, and those of the loop. */
export function recurrent<F extends ConfigFields>(
  className: string,
  cellKind: Kind<F>,
  cellName: string,
  more: Partial<Kind<any>> = {},
): Kind<F & typeof sequenceFields> {
  return {
    className,
    fields: { ...cellKind.fields, ...sequenceFields },
    ignored: SEQUENCE_KEYS,
    keras2: cellKind.keras2 as never,
    children(layer) {
      const { values, source, kind } = layer;
      const own = Object.keys(cellKind.fields).filter((key) => key in kind.fields);
      layer.child({
        class_name: cellKind.className,
        config: {
          ...Object.fromEntries(own.map((key) => [key, values[key]])),
          name: cellName,
          dtype: source.config.dtype,
        },
      });
    },
    output: (config, call, layer) => overTime(config as never, call, layer),
    ...more,
  };
}

const rnn = kind({
  className: 'RNN',
  fields: { cell: { ...json(), initial: undefined } as ConfigField<unknown>, ...sequenceFields },
  ignored: SEQUENCE_KEYS,
  children(layer, { cell }) {
    // A list of cells stands for a stack of them.
    if (Array.isArray(cell))
      layer.child({ class_name: 'StackedRNNCells', config: { name: 'stacked_rnn_cells', cells: cell } });
    else layer.child(layerField().read('cell', cell));
  },
  output: overTime,
  config: (layer) => ({ cell: layerJson(layer.children[0]) }),
});

export const recurrents = {
  /**
   * One step of a SimpleRNN. Weights: kernel `[inputs, units]`, recurrent_kernel `[units, units]`, bias
   * `[units]`.
   */
  simpleRNNCell: simpleRnnCell,
  /**
   * One step of a GRU. Weights: kernel `[inputs, 3 * units]`, recurrent_kernel `[units, 3 * units]`, bias
   * `[2, 3 * units]`, which is `[3 * units]` where `resetAfter` is false.
   */
  gruCell,
  /**
   * One step of an LSTM. Weights: kernel `[inputs, 4 * units]`, recurrent_kernel `[units, 4 * units]`, bias
   * `[4 * units]`, which is ones for the forget gate unless `unitForgetBias` is false.
   */
  lstmCell,
  /**
   * Several cells as one, each of which takes the output of the one before it. Weights: those of its cells.
   */
  stackedRNNCells: stackedCells,
  /**
   * Runs a cell, or a list of cells, along the time axis: `[batch, time, inputs]` to `[batch, units]`, or to
   * `[batch, time, units]` where `returnSequences` is set. Weights: those of the cell.
   */
  rnn,
  /**
   * A fully connected recurrent layer: `[batch, time, inputs]` to `[batch, units]`, or to
   * `[batch, time, units]` where `returnSequences` is set. Weights: kernel `[inputs, units]`,
   * recurrent_kernel `[units, units]`, bias `[units]`.
   */
  simpleRNN: recurrent('SimpleRNN', simpleRnnCell, 'simple_rnn_cell'),
  /**
   * A gated recurrent layer: `[batch, time, inputs]` to `[batch, units]`, or to `[batch, time, units]` where
   * `returnSequences` is set. Weights: kernel `[inputs, 3 * units]`, recurrent_kernel `[units, 3 * units]`,
   * bias `[2, 3 * units]`, which is `[3 * units]` where `resetAfter` is false.
   */
  gru: recurrent('GRU', gruCell, 'gru_cell', { aliases: ['GRUV1', 'GRUV2'] }),
  /**
   * A long short-term memory: `[batch, time, inputs]` to `[batch, units]`, or to `[batch, time, units]` where
   * `returnSequences` is set. Weights: kernel `[inputs, 4 * units]`, recurrent_kernel `[units, 4 * units]`,
   * bias `[4 * units]`, which is ones for the forget gate unless `unitForgetBias` is false.
   */
  lstm: recurrent('LSTM', lstmCell, 'lstm_cell', { aliases: ['LSTMV1', 'LSTMV2', 'UnifiedLSTM'] }),
};
