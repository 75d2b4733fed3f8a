import { ArgumentError } from '../../core/errors';
import { bytesPerElement, type Dtype } from '../../core/dtype';
import { elementCount } from '../../core/shape';
import { grouped, memorySize } from '../../text/numbers';
import { printable } from '../../text/printable';
import { refsIn } from './graph';
import type { Layer } from './layer';
import { type Dims, UnknownShape } from './shape';
import { type SummaryOptions, terminalColumns } from './summary_options';
import { type SummaryColumn, summaryTable } from './summary_table';
import { type KerasWeight, parameters } from './weight';

interface Row {
  readonly layer: Layer;
  /** How many models it is nested in, the outermost not counted. */
  readonly depth: number;
}

const NAME: SummaryColumn<Row> = {
  title: 'Layer (type)',
  cell: ({ layer, depth }) =>
    `${depth === 0 ? '' : `${'   '.repeat(depth)}└ `}${layer.name} (${layer.className})`,
};
const SHAPE: SummaryColumn<Row> = {
  title: 'Output Shape',
  cell: ({ layer }) => shapesText(layer),
};
const PARAMETERS: SummaryColumn<Row> = {
  title: 'Param #',
  align: 'right',
  cell: ({ layer }) => grouped(parameters(layer.weights)),
};
const CONNECTIONS: SummaryColumn<Row> = {
  title: 'Connected to',
  cell: ({ layer, depth }) => (depth === 0 ? connections(layer) : '-'),
};
const TRAINABLE: SummaryColumn<Row> = {
  title: 'Trainable',
  align: 'center',
  cell: ({ layer }) => (layer.weights.length === 0 ? '-' : layer.trainable ? 'Y' : 'N'),
};

/** The shares of a line at which Keras's columns end, without and with a column of connections. */
const POSITIONS = [0.45, 0.8, 1];
const POSITIONS_WITH_CONNECTIONS = [0.3, 0.56, 0.74, 1];
/** The default lengths of a line, and what a column "Trainable" adds. */
const LINE_LENGTH = 88;
const LINE_LENGTH_WITH_CONNECTIONS = 108;
const MORE_FOR_TRAINABLE = 12;
/** The columns where there is no terminal, and the fewest that the table has by default. */
const TERMINAL = 80;
const NARROWEST = 60;

/**
 * The lines of Keras's table of a model's layers.
 * @param dtype the type of weights without one of their own
 */
export function summarize(model: Layer, options: SummaryOptions, dtype: Dtype): string[] {
  const { expandNested = false, showTrainable = false } = options;
  const columns = [NAME, SHAPE, PARAMETERS];
  const chain = isChain(model);
  if (!chain) columns.push(CONNECTIONS);
  let positions = options.positions ?? (chain ? POSITIONS : POSITIONS_WITH_CONNECTIONS);
  if (positions.length !== columns.length)
    throw new ArgumentError(
      `positions must have one number for each of the ${columns.length} columns, got ${positions.length}`,
    );
  let lineLength = chain ? LINE_LENGTH : LINE_LENGTH_WITH_CONNECTIONS;
  if (showTrainable) {
    columns.push(TRAINABLE);
    positions = [...positions.map((position) => position * 0.9), 1];
    lineLength += MORE_FOR_TRAINABLE;
  }
  const widest = Math.max(NARROWEST, (terminalColumns() ?? TERMINAL) - 4);
  const widths = widthsOf(columns, positions, options.lineLength ?? Math.min(lineLength, widest));
  const { weights } = model;
  const total = (some: readonly KerasWeight[]): string => totalText(some, dtype);
  return [
    `Model: "${printable(model.name)}"`,
    ...summaryTable(columns, rowsOf(model, 0, expandNested), widths),
    ` Total params: ${total(weights)}`,
    ` Trainable params: ${total(weights.filter(({ trainable }) => trainable))}`,
    ` Non-trainable params: ${total(weights.filter(({ trainable }) => !trainable))}`,
  ];
}

/**
 * The characters that a cell of each column has room for. They are the ones that Keras's printer, Rich, finds: of
 * the frame and the spaces in it, three characters are taken from each column, and one more from the last but one.
 */
function widthsOf(
  columns: readonly SummaryColumn<Row>[],
  positions: readonly number[],
  lineLength: number,
): number[] {
  const ends = positions.map((position) => Math.trunc(position * lineLength));
  return ends.map((end, i) => {
    const width = end - (ends[i - 1] ?? 0) - (i === ends.length - 2 ? 4 : 3);
    if (width >= 1) return width;
    throw new ArgumentError(
      `lineLength ${lineLength} leaves no room for the column "${columns[i].title}": give more, or other positions`,
    );
  });
}

function rowsOf(model: Layer, depth: number, expand: boolean): Row[] {
  return model.rows.flatMap((layer) => [
    { layer, depth },
    ...(expand && layer.graph ? rowsOf(layer, depth + 1, expand) : []),
  ]);
}

/** Whether every layer follows the one before it, so that a column of connections would say nothing. */
function isChain({ graph, children, className }: Layer): boolean {
  if (className === 'Sequential') return true;
  return (
    graph!.inputs.length === 1 &&
    children.slice(1).every((layer, i) => {
      const calls = graph!.callsOf(layer);
      const refs = refsIn(calls.map(({ args, kwargs }) => [args, kwargs]));
      return calls.length === 1 && refs.length === 1 && refs[0].layer === children[i].name;
    })
  );
}

function connections(layer: Layer): string {
  const calls = layer.parent!.graph!.callsOf(layer);
  const refs = refsIn(calls.map(({ args, kwargs }) => [args, kwargs]));
  return refs.length === 0 ? '-' : refs.map((ref) => `${ref.layer}[${ref.node}][${ref.tensor}]`).join(', ');
}

/** The shapes that the last call of a layer returned: one shape, or a list. */
function shapesText(layer: Layer): string {
  const shapes = layer.outputs.at(-1) ?? layer.shapes;
  const texts = shapes.map((shape) => (shape instanceof UnknownShape ? '?' : tuple(shape)));
  if (texts.length === 0) return '?';
  return texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
}

/** A shape as Keras writes it. */
function tuple(shape: Dims): string {
  return `(${shape.map((size) => size ?? 'None').join(', ')})`;
}

function totalText(weights: readonly KerasWeight[], initial: Dtype): string {
  const bytes = weights.reduce(
    (sum, { shape, dtype = initial }) => sum + elementCount(shape) * bytesPerElement(dtype),
    0,
  );
  return `${grouped(parameters(weights))} (${memorySize(bytes)})`;
}
