import { ArgumentError, show } from '../../core/errors';
import { product } from '../../core/shape';

/** A size along an axis; null where it is not known. */
export type Dim = number | null;

/**
 * The sizes of a symbolic tensor in elements, the batch axis first. A size that is not known is null.
 *
 * @example
 * ```ts
 * import { type Dims, layers, Sequential } from 'tensorseed/models';
 *
 * const model = new Sequential([layers.conv2d(16, 3, { inputShape: [28, 28, 1] })]);
 * const output: Dims | undefined = model.layers[0].outputShape;
 * console.log(JSON.stringify(output)); // [null,26,26,16]
 * ```
 */
export type Dims = readonly (number | null)[];

/** A shape of which not even the rank is known, such as what a Lambda returns. */
export class UnknownShape {
  /**
   * @param source what it is the shape of, for messages, such as 'the output of Lambda layer "x"'
   * @param className the class of layers whose hook can give it
   */
  constructor(
    readonly source: string,
    readonly className: string,
  ) {}
}

export type TensorShape = Dims | UnknownShape;

export function isDims(value: unknown): value is Dims {
  return (
    Array.isArray(value) && value.every((size) => size === null || (Number.isSafeInteger(size) && size >= 0))
  );
}

/** An axis counted from 0, where a negative `axis` counts from the end. */
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

/** The same shape, which must have that rank. */
export function ofRank(shape: Dims, rank: number): Dims {
  if (shape.length !== rank)
    throw new ArgumentError(
      `its input must have rank ${rank}, batch axis included, got the shape ${show(shape)}`,
    );
  return shape;
}

/** The same shape, which must have that rank or a higher one. */
export function atLeastRank(shape: Dims, rank: number): Dims {
  if (shape.length < rank)
    throw new ArgumentError(
      `its input must have a rank of at least ${rank}, batch axis included, got the shape ${show(shape)}`,
    );
  return shape;
}

/** The product of sizes; null where a size is null. */
export function elements(sizes: Dims): Dim {
  return sizes.includes(null) ? null : product(sizes as readonly number[]);
}

/** The same shape with another size along one axis. */
export function replaced(shape: Dims, axis: number, size: Dim): Dims {
  return shape.with(axisOf(shape, axis), size);
}

/** The common shape of operands by NumPy's rules. A size is null where an operand's is, as in Keras. */
export function broadcast(shapes: readonly Dims[]): Dims {
  const rank = shapes.reduce((most, shape) => Math.max(most, shape.length), 0);
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

/**
 * A size that was computed and so may be too small.
 * @param what names it in messages
 */
export function checkedSize(size: Dim, what: string): Dim {
  if (size !== null && !(size >= 1)) throw new ArgumentError(`${what} would have the size ${size}`);
  return size;
}

export type DataFormat = 'channels_last' | 'channels_first';

/**
 * The sizes of the space in [batch, ...space, channels] or [batch, channels, ...space], and the axis of
 * the channels.
 */
export function split(shape: Dims, format: DataFormat): { space: Dims; channels: number } {
  return format === 'channels_last'
    ? { space: shape.slice(1, -1), channels: -1 }
    : { space: shape.slice(2), channels: 1 };
}

/** The inverse of `split`. */
export function join(batch: Dim, space: Dims, channels: Dim, format: DataFormat): Dims {
  return format === 'channels_last' ? [batch, ...space, channels] : [batch, channels, ...space];
}

export type Padding = 'valid' | 'same' | 'causal';

/** The number of positions of a window along an axis. */
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

/** The length of a transposed convolution's output along an axis. */
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
