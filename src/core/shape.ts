import { count, knownKeys } from './check';
import { ArgumentError, reading, show } from './errors';

/**
 * The sizes of a tensor along its axes, in row-major order: the last axis is contiguous in memory.
 *
 * Each size is an integer in [0, 2^53), and so is their product. The empty array is the shape of a scalar.
 *
 * @example
 * ```ts
 * import { Sampler, type Shape } from 'tensorseed';
 *
 * const shape: Shape = [2, 3, 4];
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill('zeros', shape);
 * console.log((await tensor.data()).length); // 24
 * sampler.destroy();
 * ```
 */
export type Shape = readonly number[];

/** The most axes that a tensor may have. No real one has as many; the limit bounds what a shape costs. */
export const MAX_RANK = 2 ** 15;

/** @throws ArgumentError where a shape that messages call `what` has more than MAX_RANK axes */
export function checkRank(what: string, rank: number): void {
  if (rank > MAX_RANK) throw new ArgumentError(`${what} must have at most ${MAX_RANK} axes, got ${rank}`);
}

/**
 * The product of sizes: exact up to 2^53 - 1, rounded beyond, and always finite. Where a size is 0 it is 0,
 * whatever the others are. The time is linear in the number of sizes, which that of BigInts is not.
 */
export function product(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => Math.min(total * size, Number.MAX_VALUE), 1);
}

/**
 * A copy of a shape, of which each size is read once.
 * @throws ArgumentError unless `shape` is an array of at most MAX_RANK integers in [0, 2^53)
 */
export function copyShape(shape: unknown): number[] {
  const sizes = reading('shape', () => {
    if (!Array.isArray(shape)) return undefined;
    const { length } = shape;
    checkRank('shape', length);
    const copy: unknown[] = [];
    for (let axis = 0; axis < length; axis++) copy.push(shape[axis]);
    return copy;
  });
  if (sizes === undefined) throw new ArgumentError(`shape must be an array of sizes, got ${show(shape)}`);
  for (let axis = 0; axis < sizes.length; axis++) {
    const size = sizes[axis];
    if (!Number.isSafeInteger(size) || !((size as number) >= 0) || Object.is(size, -0))
      count(`shape[${axis}]`, size);
  }
  return sizes as number[];
}

/**
 * The number of elements of a tensor: the product of its sizes, 1 for rank 0.
 * @throws ArgumentError where a size is no integer in [0, 2^53), the product passes 2^53 - 1, or there are more
 *   than MAX_RANK sizes
 */
export function elementCount(shape: Shape): number {
  const total = product(copyShape(shape));
  if (total > Number.MAX_SAFE_INTEGER) {
    throw new ArgumentError(`shape ${show(shape)} has ${show(BigInt(total))} elements, more than 2^53 - 1`);
  }
  return total;
}

/**
 * The elements [start, start + count) of a tensor, counted in row-major order.
 *
 * @example
 * ```ts
 * import { type Range, Sampler } from 'tensorseed';
 *
 * const range: Range = { start: 1_000_000, count: 3 };
 * const sampler = await Sampler.create();
 * const part = await sampler.fill('he_normal', [4096, 4096], { seed: 42, range });
 * console.log(part.byteLength); // 12
 * sampler.destroy();
 * ```
 */
export interface Range {
  /** The first element, counted from 0. */
  readonly start: number;
  /** The number of elements. */
  readonly count: number;
}

/**
 * Completes a range of a tensor with `total` elements. It is the whole tensor where none is given.
 * @throws ArgumentError where it does not lie inside the tensor
 */
export function resolveRange(range: Partial<Range> | undefined, total: number): Range {
  if (range === undefined) return { start: 0, count: total };
  const { start = 0, count = undefined } = knownKeys('range', range, ['start', 'count']) as Partial<Range>;
  if (!Number.isSafeInteger(start) || start < 0 || start > total) {
    throw new ArgumentError(`range.start must be an integer in [0, ${total}], got ${show(start)}`);
  }
  const length = count === undefined ? total - start : count;
  if (!Number.isSafeInteger(length) || length < 0 || length > total - start) {
    throw new ArgumentError(
      `range.count must be an integer in [0, ${total - start}] from start ${start} of ${total} elements, got ${show(length)}`,
    );
  }
  return { start, count: length };
}
