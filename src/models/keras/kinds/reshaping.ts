import { ArgumentError, show } from '../../../core/errors';
import { product } from '../../../core/shape';
import { type ConfigField, dataFormat, each, integer, json, list, margins, size } from '../config_fields';
import { shapeKind } from '../kind';
import { checkedSize, type DataFormat, type Dim, type Dims, elements, join, ofRank, split } from '../shape';

/** The shape with the lengths of the axes changed that are neither batch nor channels. */
function spatial(
  shape: Dims,
  rank: number,
  format: DataFormat,
  change: (length: number, axis: number) => number,
): Dims {
  const { space, channels } = split(ofRank(shape, rank + 2), format);
  const lengths = space.map((length, axis) =>
    length === null ? null : checkedSize(change(length, axis), 'the output'),
  );
  return join(shape[0], lengths, shape.at(channels)!, format);
}

const sum = (margin: readonly number[]): number => margin[0] + margin[1];

const zeroPadding = (rank: number) =>
  shapeKind(
    `ZeroPadding${rank}D`,
    { padding: margins(rank, 1), data_format: dataFormat },
    (shape, { padding, data_format }) =>
      spatial(shape, rank, data_format, (length, axis) => length + sum(padding[axis])),
  );

// Keras's layers with one spatial axis have no data_format: their channels come last.
const formatOf = (rank: number) =>
  (rank === 1 ? {} : { data_format: dataFormat }) as { data_format: typeof dataFormat };

const cropping = (rank: number) =>
  shapeKind(
    `Cropping${rank}D`,
    { cropping: margins(rank, rank === 2 ? 0 : 1), ...formatOf(rank) },
    (shape, { cropping, data_format = 'channels_last' }) =>
      spatial(shape, rank, data_format, (length, axis) => length - sum(cropping[axis])),
  );

// Only Keras's UpSampling2D has it.
const interpolationOf = (rank: number) =>
  (rank === 2 ? { interpolation: json('nearest') } : {}) as { interpolation: ConfigField<unknown> };

const upSampling = (rank: number) => {
  const sizes = each(rank, size(), 2);
  const fields = {
    size: rank === 1 ? { ...sizes, write: ([length]: readonly number[]) => length } : sizes,
    ...formatOf(rank),
    ...interpolationOf(rank),
  };
  return shapeKind(
    `UpSampling${rank}D`,
    fields,
    (shape, { size, data_format = 'channels_last' }) =>
      spatial(shape, rank, data_format, (length, axis) => length * size[axis]),
    { renamed: { length: 'size' } },
  );
};

/**
 * The sizes of `target`, in which one may be -1 and then is what the others leave of the input's
 * elements.
 */
export function reshaped(from: Dims, target: readonly number[]): Dims {
  const open = target.filter((size) => size === -1).length;
  if (open > 1 || target.some((size) => size < -1))
    throw new ArgumentError(`target_shape must hold sizes and at most one -1, got ${show(target)}`);
  const total = elements(from);
  const known = product(target.filter((size) => size !== -1));
  const fits = total === null || (open === 0 ? total === known : known > 0 && total % known === 0);
  if (!fits)
    throw new ArgumentError(
      `target_shape ${show(target)} does not hold the ${total} elements of its input ${show(from)}`,
    );
  return target.map((size): Dim => (size !== -1 ? size : total === null ? null : total / known));
}

export const reshapings = {
  /** Gives the elements another shape: `[batch, …]` to `[batch, ...targetShape]`. No weights. */
  reshape: shapeKind('Reshape', { target_shape: list(integer()) }, ([batch, ...rest], { target_shape }) => [
    batch,
    ...reshaped(rest, target_shape),
  ]),
  /** Reorders the axes: `dims` are the input's axes, the first after the batch being 1. No weights. */
  permute: shapeKind('Permute', { dims: list(size()) }, (shape, { dims }) => {
    const named = new Set(dims);
    if (dims.length !== shape.length - 1 || !dims.every((_, i) => named.has(i + 1))) {
      throw new ArgumentError(
        `dims must name each of the axes 1 to ${shape.length - 1} once, got ${show(dims)}`,
      );
    }
    return [shape[0], ...dims.map((axis) => shape[axis])];
  }),
  /** Adds zeros around `[batch, length, channels]`, `padding` of them at each end. No weights. */
  zeroPadding1d: zeroPadding(1),
  /** Adds zeros around `[batch, rows, columns, channels]`, `padding` of them at each end. No weights. */
  zeroPadding2d: zeroPadding(2),
  /**
   * Adds zeros around `[batch, depth, rows, columns, channels]`, `padding` of them at each end. No weights.
   */
  zeroPadding3d: zeroPadding(3),
  /** Cuts `cropping` elements off each end of `[batch, length, channels]`. No weights. */
  cropping1d: cropping(1),
  /** Cuts `cropping` elements off each end of `[batch, rows, columns, channels]`. No weights. */
  cropping2d: cropping(2),
  /** Cuts `cropping` elements off each end of `[batch, depth, rows, columns, channels]`. No weights. */
  cropping3d: cropping(3),
  /** Repeats the elements of `[batch, length, channels]` `size` times along one axis. No weights. */
  upSampling1d: upSampling(1),
  /** Repeats the elements of `[batch, rows, columns, channels]` `size` times along two axes. No weights. */
  upSampling2d: upSampling(2),
  /**
   * Repeats the elements of `[batch, depth, rows, columns, channels]` `size` times along three axes. No
   * weights.
   */
  upSampling3d: upSampling(3),
};
