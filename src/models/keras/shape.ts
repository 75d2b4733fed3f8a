import { ArgumentError, show } from '../../core/errors';

/** A tensor's sizes, the batch axis first; null where a size is not known. */
export type Dim = number | null;
export type Dims = readonly Dim[];

/** A shape of which not even the rank is known, such as what a Lambda returns. */
export class UnknownShape {
  /** @param source what it is the shape of, for messages, such as 'the output of Lambda layer "x"' */
  constructor(readonly source: string) {}
}

export type TensorShape = Dims | UnknownShape;

export function isDims(value: unknown): value is Dims {
  return (
    Array.isArray(value) && value.every((size) => size === null || (Number.isSafeInteger(size) && size >= 0))
  );
}

/** `axis` counted from 0; negative ones count from the end. */
export function axisOf(shape: Dims, axis: number): number {
  const index = axis < 0 ? axis + shape.length : axis;
  if (!(index >= 0 && index < shape.length))
    throw new ArgumentError(`axis ${axis} is not in its input's shape ${show(shape)}`);
  return index;
}

/** The size of an axis that a weight's shape depends on. */
export function sizeOf(shape: Dims, axis: number): number {
  const size = shape[axisOf(shape, axis)];
  if (size === null)
    throw new ArgumentError(
      `its weights depend on axis ${axis} of its input, whose shape ${show(shape)} leaves it open`,
    );
  return size;
}

export function ofRank(shape: Dims, rank: number): Dims {
  if (shape.length !== rank)
    throw new ArgumentError(
      `its input must have rank ${rank}, batch axis included, got the shape ${show(shape)}`,
    );
  return shape;
}

export function atLeastRank(shape: Dims, rank: number): Dims {
  if (shape.length < rank)
    throw new ArgumentError(
      `its input must have a rank of at least ${rank}, batch axis included, got the shape ${show(shape)}`,
    );
  return shape;
}

/** The product of sizes, 1 of none; null where one of them is. */
export function product(sizes: Dims): Dim {
  return sizes.reduce<Dim>((all, one) => (all === null || one === null ? null : all * one), 1);
}

export function replaced(shape: Dims, axis: number, size: Dim): Dims {
  return shape.with(axisOf(shape, axis), size);
}

/** The common shape of operands under numpy's rules; open where one of theirs is, as in Keras. */
export function broadcast(shapes: readonly Dims[]): Dims {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes
      .map((shape) => shape[axis - rank + shape.length])
      .filter((size) => size !== undefined);
    if (sizes.includes(null)) return null;
    const size = sizes.find((one) => one !== 1) ?? 1;
    if (sizes.some((one) => one !== 1 && one !== size))
      throw new ArgumentError(`its inputs' shapes ${show(shapes)} do not go together`);
    return size;
  });
}

/** What may be refused as negative or empty before it is a size. */
export function checkedSize(size: Dim, what: string): Dim {
  if (size !== null && !(size >= 1)) throw new ArgumentError(`${what} would have the size ${size}`);
  return size;
}

export type DataFormat = 'channels_last' | 'channels_first';

/** The parts of [batch, ...space, channels] or [batch, channels, ...space]. */
export function split(shape: Dims, format: DataFormat): { space: Dims; channels: number } {
  return format === 'channels_last'
    ? { space: shape.slice(1, -1), channels: -1 }
    : { space: shape.slice(2), channels: 1 };
}

export function join(batch: Dim, space: Dims, channels: Dim, format: DataFormat): Dims {
  return format === 'channels_last' ? [batch, ...space, channels] : [batch, channels, ...space];
}

export type Padding = 'valid' | 'same' | 'causal';

/** Positions of a window along an axis. */
export function windowLength(
  length: Dim,
  window: number,
  stride: number,
  padding: Padding,
  dilation = 1,
): Dim {
  if (length === null) return null;
  const reach = padding === 'valid' ? (window - 1) * dilation + 1 : 1;
  return checkedSize(
    Math.floor((length - reach) / stride) + 1,
    `the output along an axis of ${length}, window ${window},`,
  );
}

/** The length that a transposed convolution gives along an axis. */
export function transposedLength(
  length: Dim,
  window: number,
  stride: number,
  padding: Padding,
  dilation: number,
  outputPadding: number | null,
): Dim {
  if (length === null) return null;
  const reach = (window - 1) * dilation + 1;
  if (outputPadding === null)
    return length * stride + (padding === 'valid' ? Math.max(reach - stride, 0) : 0);
  const cut = padding === 'valid' ? 0 : 2 * Math.floor(reach / 2);
  return checkedSize((length - 1) * stride + reach - cut + outputPadding, 'the output');
}
