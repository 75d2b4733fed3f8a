import { bytesPerElement } from '../core/dtype';
import { ArgumentError, show } from '../core/errors';
import { elementCount } from '../core/shape';
import { fillingLabel } from '../initializers/label';
import { grouped, memorySize, shapeText } from '../text/numbers';
import { table } from '../text/table';
import type { TensorDescription } from './description';
import type { SummaryOptions } from './keras';

/**
 * The lines of a table of tensors, which is the summary of a model that is not Keras's. A column has the types, unless
 * it depends on a later call what type all of the tensors get; the sizes are then those of float32.
 * @throws ArgumentError for options about layers
 */
export function tensorTable(tensors: readonly TensorDescription[], options: SummaryOptions): string[] {
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
  const rows = tensors.map(({ name, shape, dtype = '', initializer }) => [
    name,
    shapeText(shape),
    ...(typed ? [dtype] : []),
    grouped(elementCount(shape)),
    fillingLabel(initializer),
  ]);
  const sum = (size: (tensor: TensorDescription) => number): number =>
    tensors.reduce((total, tensor) => total + elementCount(tensor.shape) * size(tensor), 0);
  const bytes = sum(({ dtype = 'float32' }) => bytesPerElement(dtype));
  const lines = table(columns, rows).trimEnd().split('\n');
  const total = `Total params: ${grouped(sum(() => 1))} (${memorySize(bytes)})`;
  return [...lines, total].map((line) => cut(line, lineLength));
}

function cut(line: string, length: number | undefined): string {
  const characters = [...line];
  if (length === undefined || characters.length <= length) return line;
  return `${characters.slice(0, length - 1).join('')}…`;
}
