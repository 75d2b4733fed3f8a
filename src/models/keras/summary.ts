import { knownKeys } from '../../core/check';
import { bytesPerElement } from '../../core/dtype';
import { elementCount } from '../../core/shape';
import { grouped } from '../../text/numbers';
import { refsIn } from './graph';
import type { Layer } from './layer';
import { type TensorShape, UnknownShape } from './shape';
import { type SummaryColumn, summaryTable } from './summary_table';
import { type KerasWeight, parameters } from './weight';

/**
 * What `KerasModel.summary` shows beside names, output shapes and parameters.
 *
 * @example
 * ```ts
 * import { layers, Sequential, type SummaryOptions } from 'tensorseed/models';
 *
 * const options: SummaryOptions = { showTrainable: true };
 * const model = new Sequential([layers.dense({ units: 4, inputShape: [3], trainable: false })]);
 * console.log(model.summary(options).includes('Trainable')); // true
 * ```
 */
export interface SummaryOptions {
  /** Whether the layers of nested models have rows, too. Default false. */
  readonly expandNested?: boolean;
  /** Whether a column says which layers train. Default false. */
  readonly showTrainable?: boolean;
}

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
  cell: ({ layer }) => shapesText(layer.shapes),
};
const PARAMETERS: SummaryColumn<Row> = {
  title: 'Param #',
  right: true,
  cell: ({ layer }) => grouped(parameters(layer.weights)),
};
const CONNECTIONS: SummaryColumn<Row> = {
  title: 'Connected to',
  cell: ({ layer }) => connections(layer),
};
const TRAINABLE: SummaryColumn<Row> = {
  title: 'Trainable',
  cell: ({ layer }) => (layer.weights.length === 0 ? '-' : layer.trainable ? 'Y' : 'N'),
};

/** Keras's table of a model's layers. */
export function summarize(model: Layer, options: SummaryOptions): string {
  const known = knownKeys('options', options, ['expandNested', 'showTrainable']) as SummaryOptions;
  const { expandNested = false, showTrainable = false } = known;
  const columns = [NAME, SHAPE, PARAMETERS];
  if (!isChain(model)) columns.push(CONNECTIONS);
  if (showTrainable) columns.push(TRAINABLE);
  const { weights } = model;
  return [
    `Model: "${model.name}"`,
    ...summaryTable(columns, rowsOf(model, 0, expandNested)),
    ` Total params: ${total(weights)}`,
    ` Trainable params: ${total(weights.filter(({ trainable }) => trainable))}`,
    ` Non-trainable params: ${total(weights.filter(({ trainable }) => !trainable))}`,
  ].join('\n');
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

/** Several shapes are a list, or one shape where all of them are the same. */
function shapesText(shapes: readonly TensorShape[]): string {
  const texts = shapes.map((shape) => (shape instanceof UnknownShape ? '?' : tuple(shape)));
  if (texts.length === 0) return '-';
  return new Set(texts).size === 1 ? texts[0] : `[${texts.join(', ')}]`;
}

/** A shape as Python writes it. */
function tuple(shape: readonly (number | null)[]): string {
  const sizes = shape.map((size) => size ?? 'None');
  return `(${sizes.join(', ')}${sizes.length === 1 ? ',' : ''})`;
}

function total(weights: readonly KerasWeight[]): string {
  const bytes = weights.reduce(
    (sum, { shape, dtype }) => sum + elementCount(shape) * bytesPerElement(dtype ?? 'float32'),
    0,
  );
  return `${grouped(parameters(weights))} (${memory(bytes)})`;
}

/** Bytes in Keras's units, of which each is 1024 times the one before it. */
function memory(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(2)} ${units[power]}`;
}
