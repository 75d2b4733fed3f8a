import { ArgumentError, show } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';
import { tensorBytes } from '../formats/safetensors';
import { type AnyDtype, DTYPE_NAMED, formatName } from '../formats/safetensors_dtypes';
import type { Filling } from '../initializers';
import { fillingLabel } from '../initializers/label';
import { grouped, memorySize, shapeText } from '../text/numbers';
import { table } from '../text/table';
import type { SummaryOptions } from './keras';

/** A tensor of the table. */
export interface ListedTensor {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype?: AnyDtype;
  /** What fills it; undefined where it is copied. */
  readonly initializer?: Filling | undefined;
}

/**
 * The lines of a table of tensors, which is the summary of a model that is not Keras's. A column has the types, unless
 * it depends on a later call what type all of the tensors get; the sizes are then those of float32.
 * @throws ArgumentError for options about layers
 */
export function tensorTable(tensors: readonly ListedTensor[], options: SummaryOptions): string[] {
  const { lineLength, printFn: _, ...others } = options;
  for (const [name, value] of Object.entries(others))
    throw new ArgumentError(
      `${name} is for the layers of a Keras model, and this model is a list of tensors; got ${show(value)}`,
    );
  const typed = tensors.some(({ dtype }) => dtype !== undefined);
  const columns = [
    { title: 'tensor' },
    { title: 'shape' },
    ...(typed ? [{ title: 'dtype' }] : []),
    { title: 'parameters', right: true },
    { title: 'initializer' },
  ];
  const rows = tensors.map(({ name, shape, dtype, initializer }) => [
    name,
    shapeText(shape),
    ...(typed ? [dtype === undefined ? '' : ownName(dtype)] : []),
    grouped(elementCount(shape)),
    initializer === undefined ? 'copy' : fillingLabel(initializer),
  ]);
  const sum = (size: (tensor: ListedTensor) => number): number =>
    tensors.reduce((total, tensor) => total + size(tensor), 0);
  const bytes = sum(({ shape, dtype = 'float32' }) => tensorBytes({ shape, dtype }));
  const lines = table(columns, rows).trimEnd().split('\n');
  const total = `Total params: ${grouped(sum(({ shape }) => elementCount(shape)))} (${memorySize(bytes)})`;
  return [...lines, total].map((line) => cut(line, lineLength));
}

/** Our name for a type, or the format's where it is none of ours. */
export function ownName(dtype: AnyDtype): string {
  return DTYPE_NAMED.get(formatName(dtype)) ?? dtype;
}

function cut(line: string, length: number | undefined): string {
  const characters = [...line];
  if (length === undefined || characters.length <= length) return line;
  return `${characters.slice(0, length - 1).join('')}…`;
}
