import { ArgumentError, show } from '../../errors';

/** A tensor's sizes, the batch axis first; null where a size is not known. */
export type Dim = number | null;
export type Dims = readonly Dim[];

/** A shape of which not even the rank is known, such as what a Lambda returns. */
export class UnknownShape {
  /** @param source what it is the shape of, for messages, such as 'the output of Lambda layer "x"' */
  constructor(readonly source: string) {}
}

export type TensorShape = Dims | UnknownShape;

/** `axis` counted from 0; negative ones count from the end. */
export function axisOf(shape: Dims, axis: number): number {
  const index = axis < 0 ? axis + shape.length : axis;
  if (!(index >= 0 && index < shape.length)) throw new ArgumentError(`axis ${axis} is not in its input's shape ${show(shape)}`);
  return index;
}

/** The size of an axis that a weight's shape depends on. */
export function sizeOf(shape: Dims, axis: number): number {
  const size = shape[axisOf(shape, axis)];
  if (size === null) throw new ArgumentError(`its weights depend on axis ${axis} of its input, whose shape ${show(shape)} leaves it open`);
  return size;
}

export function ofRank(shape: Dims, rank: number): Dims {
  if (shape.length !== rank) throw new ArgumentError(`its input must have rank ${rank}, batch axis included, got the shape ${show(shape)}`);
  return shape;
}

export function atLeastRank(shape: Dims, rank: number): Dims {
  if (shape.length < rank) throw new ArgumentError(`its input must have a rank of at least ${rank}, batch axis included, got the shape ${show(shape)}`);
  return shape;
}

/** The product of sizes; null where one of them is, unless another is 0. */
export function product(sizes: Dims): Dim {
  let known = 1;
  let open = false;
  for (const size of sizes) {
    if (size === null) open = true;
    else known *= size;
  }
  return open && known !== 0 ? null : known;
}

export function replaced(shape: Dims, axis: number, size: Dim): Dims {
  return shape.with(axisOf(shape, axis), size);
}

/** The common shape of operands under numpy's rules, an open size giving way to a known one above 1. */
export function broadcast(shapes: readonly Dims[]): Dims {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) =>
    shapes.reduce<Dim>((common, shape) => {
      const index = axis - rank + shape.length;
      const size = index < 0 ? 1 : shape[index];
      if (common === 1 || size === common) return size;
      if (size === 1 || size === null) return common;
      if (common === null) return size;
      throw new ArgumentError(`its inputs' shapes ${show(shapes)} do not go together`);
    }, 1),
  );
}

/** What may be refused as negative or empty before it is a size. */
export function checkedSize(size: Dim, what: string): Dim {
  if (size !== null && !(size >= 1)) throw new ArgumentError(`${what} would have the size ${size}`);
  return size;
}

export type DataFormat = 'channels_last' | 'channels_first';

/** The parts of [batch, ...space, channels] or [batch, channels, ...space]. */
export function split(shape: Dims, format: DataFormat): { space: Dims; channels: number } {
  return format === 'channels_last' ? { space: shape.slice(1, -1), channels: -1 } : { space: shape.slice(2), channels: 1 };
}

export function join(batch: Dim, space: Dims, channels: Dim, format: DataFormat): Dims {
  return format === 'channels_last' ? [batch, ...space, channels] : [batch, channels, ...space];
}

export type Padding = 'valid' | 'same' | 'causal';

/** Positions of a window along an axis. */
export function windowLength(length: Dim, window: number, stride: number, padding: Padding, dilation = 1): Dim {
  if (length === null) return null;
  const reach = padding === 'valid' ? (window - 1) * dilation + 1 : 1;
  return checkedSize(Math.floor((length - reach) / stride) + 1, `the output along an axis of ${length}, window ${window},`);
}

/** The length that a transposed convolution gives along an axis. */
export function transposedLength(length: Dim, window: number, stride: number, padding: Padding, dilation: number, outputPadding: number | null): Dim {
  if (length === null) return null;
  const reach = (window - 1) * dilation + 1;
  if (outputPadding === null) return length * stride + (padding === 'valid' ? Math.max(reach - stride, 0) : 0);
  const cut = padding === 'valid' ? 0 : 2 * Math.floor(reach / 2);
  return checkedSize((length - 1) * stride + reach - cut + outputPadding, 'the output');
}
