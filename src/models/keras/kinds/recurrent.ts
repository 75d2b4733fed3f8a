import { ArgumentError } from '../../../core/errors';
import { elementCount } from '../../../core/shape';
import type { InitializerSource } from '../../initializer_source';
import type { TensorPart } from '../../parts';
import { Call, Many } from '../call';
import {
  type Field,
  type Fields,
  flag,
  initializer,
  json,
  layer as layerField,
  type LayerSource,
  list,
  size,
} from '../fields';
import { type Kind, kind } from '../kind';
import type { Layer } from '../layer';
import { atLeastRank, type Dim, type Dims, sizeOf, type TensorShape, UnknownShape } from '../shape';
import { activation, regularized } from './arguments';

/** Parts with initializers of their own, one after the other. */
function consecutive(
  ...parts: readonly (readonly [length: number, initializer: InitializerSource])[]
): TensorPart[] {
  let start = 0;
  return parts.map(([length, initializer]) => {
    const part = { start, shape: [length], initializer };
    start += elementCount(part.shape);
    return part;
  });
}

/** The bias of an LSTM's gates: with `unit_forget_bias`, ones for the forget gate, which comes second. */
export function lstmBias(units: number, initializer: InitializerSource): TensorPart[] {
  return consecutive([units, initializer], [units, 'ones'], [2 * units, initializer]);
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
// Files of Keras 2 that lack the key were written before it came, when biases had one row.
const gru2 = { reset_after: false };

/** A cell maps [batch, inputs] and its states to [batch, units] and new states. */
function cell<F extends typeof cellFields>(
  className: string,
  fields: F,
  gates: number,
  states: number,
  build: Kind<F>['build'],
  more: Partial<Kind<F>> = {},
): Kind<F> {
  return {
    className,
    fields,
    build(layer, config, call) {
      const { units, kernel_initializer, recurrent_initializer } = config as never as {
        units: number;
      } & Record<string, InitializerSource>;
      layer.weight('kernel', [sizeOf(call.shape, -1), gates * units], kernel_initializer);
      layer.weight('recurrent_kernel', [units, gates * units], recurrent_initializer);
      build?.(layer, config, call);
    },
    output(config, call) {
      const output = [call.shape[0], (config as { units: number }).units];
      return new Many(Array<Dims>(1 + states).fill(output));
    },
    ignored: ['implementation'],
    ...more,
  };
}

const simpleRnnCell = cell(
  'SimpleRNNCell',
  cellFields,
  1,
  1,
  (layer, { units, use_bias, bias_initializer }) => {
    if (use_bias) layer.weight('bias', [units], bias_initializer);
  },
);

const gruCell = cell(
  'GRUCell',
  gruFields,
  3,
  1,
  (layer, { units, use_bias, bias_initializer, reset_after }) => {
    if (use_bias) layer.weight('bias', reset_after ? [2, 3 * units] : [3 * units], bias_initializer);
  },
  { keras2: gru2 },
);

const lstmCell = cell(
  'LSTMCell',
  lstmFields,
  4,
  2,
  (layer, { units, use_bias, bias_initializer, unit_forget_bias }) => {
    if (use_bias)
      layer.weight(
        'bias',
        [4 * units],
        bias_initializer,
        unit_forget_bias ? { parts: lstmBias(units, bias_initializer) } : {},
      );
  },
);

const stackedCells = kind({
  className: 'StackedRNNCells',
  fields: { cells: list(layerField()) },
  ignored: ['reverse_state_order'],
  children(layer, { cells }) {
    if (cells.length === 0) throw new ArgumentError('cells must hold a cell at least, got []');
    for (const [i, source] of cells.entries()) layer.child(distinct(layer, source, i));
  },
  output(_, call, layer) {
    let input: TensorShape = call.shape;
    const states: TensorShape[] = [];
    for (const child of layer.children) {
      const [output, ...own] = child.call(Call.of(input));
      states.push(...own);
      input = output;
    }
    return new Many([input, ...states]);
  },
  config: (layer) => ({ cells: layer.children.map((child) => child.toJson()) }),
});

/** A cell under a name that no cell before it has: files may repeat one, for no call refers to a cell. */
function distinct(layer: Layer, source: LayerSource, index: number): LayerSource {
  const { name } = source.config;
  if (typeof name !== 'string' || !layer.children.some((other) => other.name === name)) return source;
  return { ...source, config: { ...source.config, name: `${name}_${index}` } };
}

export const sequenceFields = {
  return_sequences: flag(false),
  return_state: flag(false),
  go_backwards: flag(false),
  stateful: flag(false),
};
/** Keys without effect on weights and shapes. */
export const SEQUENCE_KEYS = [
  'implementation',
  'unroll',
  'zero_output_for_mask',
  'time_major',
  'use_cudnn',
  'consume_less',
  'num_constants',
];

/** What goes on over the time axis when the layer's only child is the cell. */
export function overTime(
  { return_sequences, return_state }: { return_sequences: boolean; return_state: boolean },
  call: Call,
  layer: Layer,
): Many {
  const [batch, time, ...rest] = atLeastRank(call.shape, 3);
  const [output, ...states] = layer.children[0].call(Call.of([batch, ...rest]));
  if (output instanceof UnknownShape) return new Many([output]);
  const [, ...features] = output as readonly Dim[];
  const sequence = return_sequences ? [batch, time, ...features] : [batch, ...features];
  return new Many(return_state ? [sequence, ...states] : [sequence]);
}

/** A layer that is a cell over time: its arguments are the cell's and those of the loop. */
export function recurrent<F extends Fields>(
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
  fields: { cell: { ...json(), initial: undefined } as Field<unknown>, ...sequenceFields },
  ignored: SEQUENCE_KEYS,
  children(layer, { cell }) {
    // A list of cells stands for a stack of them.
    if (Array.isArray(cell))
      layer.child({ class_name: 'StackedRNNCells', config: { name: 'stacked_rnn_cells', cells: cell } });
    else layer.child(layerField().read('cell', cell));
  },
  output: overTime,
  config: (layer) => ({ cell: layer.children[0].toJson() }),
});

export const cells = { simpleRNNCell: simpleRnnCell, gruCell, lstmCell, stackedRNNCells: stackedCells };

export const recurrents = {
  ...cells,
  rnn,
  simpleRNN: recurrent('SimpleRNN', simpleRnnCell, 'simple_rnn_cell'),
  gru: recurrent('GRU', gruCell, 'gru_cell', { aliases: ['GRUV1', 'GRUV2'] }),
  lstm: recurrent('LSTM', lstmCell, 'lstm_cell', { aliases: ['LSTMV1', 'LSTMV2', 'UnifiedLSTM'] }),
};
