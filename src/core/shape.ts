import { knownKeys } from './check';
import { ArgumentError, show } from './errors';

export type Shape = readonly number[];

/**
 * The number of elements of a tensor: the product of its sizes, 1 for rank 0.
 * @throws ArgumentError where a size is no integer in [0, 2^53) or the product passes 2^53 - 1
 */
export function elementCount(shape: Shape): number {
  if (!Array.isArray(shape)) {
    throw new ArgumentError(`shape must be an array of sizes, got ${show(shape)}`);
  }
  let product = 1n;
  for (let axis = 0; axis < shape.length; axis++) {
    const size: unknown = shape[axis];
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0 || Object.is(size, -0)) {
      throw new ArgumentError(`shape[${axis}] must be an integer in [0, 2^53), got ${show(size)}`);
    }
    product *= BigInt(size);
  }
  if (product > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new ArgumentError(`shape ${show(shape)} has ${product} elements, more than 2^53 - 1`);
  }
  return Number(product);
}

/** Elements [start, start + count) of a tensor, counted row-major. */
export interface Range {
  readonly start: number;
  readonly count: number;
}

/**
 * A range of a tensor with `total` elements, the whole where none is given.
 * @throws ArgumentError where it does not lie inside the tensor
 */
export function resolveRange(range: Partial<Range> | undefined, total: number): Range {
  if (range === undefined) return { start: 0, count: total };
  knownKeys('range', range, ['start', 'count']);
  const start = range.start === undefined ? 0 : range.start;
  if (!Number.isSafeInteger(start) || start < 0 || start > total) {
    throw new ArgumentError(`range.start must be an integer in [0, ${total}], got ${show(start)}`);
  }
  const count = range.count === undefined ? total - start : range.count;
  if (!Number.isSafeInteger(count) || count < 0 || count > total - start) {
    throw new ArgumentError(
      `range.count must be an integer in [0, ${total - start}] from start ${start} of ${total} elements, got ${show(count)}`,
    );
  }
  return { start, count };
}
