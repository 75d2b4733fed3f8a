import { knownKeys } from '../../core/check';
import type { Layer } from './layer';
import { refsIn } from './graph';
import { type TensorShape, UnknownShape } from './shape';
import { bytesPerElement } from '../../core/dtype';
import { elementCount } from '../../core/shape';
import { grouped } from '../../text/numbers';
import { type KerasWeight, parameters } from './weight';

export interface SummaryOptions {
  /** Rows for the layers of nested models, too. Default false. */
  readonly expandNested?: boolean;
  /** A column that says whether each layer trains. Default false. */
  readonly showTrainable?: boolean;
}

interface Column {
  readonly title: string;
  readonly right?: boolean;
  cell(layer: Layer, depth: number): string;
}

/** Keras's table of a model's layers. */
export function summarize(model: Layer, options: SummaryOptions): string {
  const { expandNested = false, showTrainable = false } = knownKeys('options', options, [
    'expandNested',
    'showTrainable',
  ]) as SummaryOptions;
  const columns: Column[] = [
    {
      title: 'Layer (type)',
      cell: ({ name, className }, depth) =>
        `${depth === 0 ? '' : `${'   '.repeat(depth)}└ `}${name} (${className})`,
    },
    { title: 'Output Shape', cell: ({ shapes }) => shownShapes(shapes) },
    { title: 'Param #', right: true, cell: (layer) => grouped(parameters(layer.weights)) },
  ];
  if (!isChain(model)) columns.push({ title: 'Connected to', cell: (layer) => connections(layer) });
  if (showTrainable)
    columns.push({
      title: 'Trainable',
      cell: (layer) => (layer.weights.length === 0 ? '-' : layer.trainable ? 'Y' : 'N'),
    });
  const rows = rowsOf(model, 0, expandNested).map(({ layer, depth }) =>
    columns.map(({ cell }) => cell(layer, depth)),
  );
  const all = model.weights;
  const [trainable, frozen] = [
    all.filter((weight) => weight.trainable),
    all.filter((weight) => !weight.trainable),
  ];
  return [
    `Model: "${model.name}"`,
    ...table(columns, rows),
    ` Total params: ${total(all)}`,
    ` Trainable params: ${total(trainable)}`,
    ` Non-trainable params: ${total(frozen)}`,
  ].join('\n');
}

function rowsOf(model: Layer, depth: number, expand: boolean): { layer: Layer; depth: number }[] {
  return model.rows.flatMap((layer) => [
    { layer, depth },
    ...(expand && layer.graph ? rowsOf(layer, depth + 1, expand) : []),
  ]);
}

/** Whether every layer follows the one before it, so that connections go without saying. */
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
  const names = layer
    .parent!.graph!.callsOf(layer)
    .flatMap(({ args, kwargs }) =>
      refsIn([args, kwargs]).map((ref) => `${ref.layer}[${ref.node}][${ref.tensor}]`),
    );
  return names.length === 0 ? '-' : names.join(', ');
}

function shownShapes(shapes: readonly TensorShape[]): string {
  const shown = [...new Set(shapes.map((shape) => (shape instanceof UnknownShape ? '?' : tuple(shape))))];
  if (shapes.length === 1) return shown[0];
  return shown.length === 0
    ? '-'
    : shown.length === 1 && shapes.length > 1
      ? shown[0]
      : `[${shapes.map((shape) => (shape instanceof UnknownShape ? '?' : tuple(shape))).join(', ')}]`;
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

function memory(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(2)} ${units[power]}`;
}

/** Box drawing as Keras 3's: a heavy frame around the titles. */
function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map(
    ({ title }, i) => Math.max(title.length, ...rows.map((row) => row[i].length)) + 2,
  );
  const line = ([left, fill, middle, right]: string): string =>
    left + widths.map((width) => fill.repeat(width)).join(middle) + right;
  const cells = (values: readonly string[], bar: string): string =>
    bar +
    values
      .map(
        (value, i) => ` ${columns[i].right ? value.padStart(widths[i] - 2) : value.padEnd(widths[i] - 2)} `,
      )
      .join(bar) +
    bar;
  const body = rows.flatMap((row, i) => (i === 0 ? [cells(row, '│')] : [line('├─┼┤'), cells(row, '│')]));
  return [
    line('┏━┳┓'),
    cells(
      columns.map(({ title }) => title),
      '┃',
    ),
    line('┡━╇┩'),
    ...body,
    line('└─┴┘'),
  ];
}
