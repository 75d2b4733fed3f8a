import { count, readArray, knownKeys } from './check';
import { ArgumentError, show } from './errors';

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

/**
 * A copy of a shape, of which each size is read once.
 * @throws ArgumentError unless `shape` is an array of integers in [0, 2^53)
 */
export function copyShape(shape: unknown): number[] {
  return readArray('shape', shape, 'an array of sizes', (size, name) => count(name, size));
}

/**
 * The number of elements of a tensor: the product of its sizes, 1 for rank 0.
 * @throws ArgumentError where a size is no integer in [0, 2^53) or the product passes 2^53 - 1
 */
export function elementCount(shape: Shape): number {
  let product = 1n;
  for (const size of copyShape(shape)) product *= BigInt(size);
  if (product > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new ArgumentError(`shape ${show(shape)} has ${product} elements, more than 2^53 - 1`);
  }
  return Number(product);
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
