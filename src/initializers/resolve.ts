import { ArgumentError, show } from '../core/errors';
import { elementCount, type Range, resolveRange, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { distributionOf } from '../distributions/parameters';
import type { Initializer } from './initializer';
import { initializerFrom, type InitializerSpec } from './spec';

/** What fills a tensor: one initializer, or a list of parts that follow one another in row-major order. */
export type Filling = InitializerSpec | readonly Part[];

/**
 * A stretch of a tensor with an initializer of its own, such as the forget gate's ones in the
 * bias of an LSTM.
 */
export interface Part {
  /** What the initializer is resolved with; its product is the number of elements. */
  readonly shape: Shape;
  readonly initializer: InitializerSpec;
}

/** Elements of a tensor and what fills them. */
export interface ResolvedPart {
  readonly initializer: Initializer;
  readonly draw: Draw;
  /** Elements of the whole tensor, counted row-major. */
  readonly range: Range;
}

/**
 * What fills a range of a tensor, part after part. Element i of a tensor is element i of the tensor's
 * own stream in every part, so that parts share nothing and need no names.
 * @param range default the whole tensor
 * @returns at least one; only an empty range has one that is empty
 * @throws ArgumentError where the specification names no initializer, the shape is not one that it can
 *   fill, the parts are not as long as the tensor, or one of them fills matrices
 */
export function resolveFilling(
  filling: Filling,
  shape: Shape,
  range?: Partial<Range>,
): readonly ResolvedPart[] {
  if (!isParts(filling)) {
    const whole = resolveOne(filling, shape);
    return placed([{ shape, initializer: filling }], [whole], shape, range);
  }
  const resolved = filling.map(({ initializer, shape }) => resolveOne(initializer, shape));
  const matrix = resolved.find(({ draw }) => distributionOf(draw).fillsMatrix);
  if (matrix !== undefined) {
    throw new ArgumentError(
      `a part of a tensor cannot be filled by ${matrix.initializer.className}, which fills matrices`,
    );
  }
  return placed(filling, resolved, shape, range);
}

export function isParts(filling: Filling): filling is readonly Part[] {
  return Array.isArray(filling);
}

function resolveOne(spec: InitializerSpec, shape: Shape): Omit<ResolvedPart, 'range'> {
  const initializer = initializerFrom(spec);
  return { initializer, draw: initializer.resolve(shape) };
}

/** Those parts that have elements in the range, each with its own elements there. */
function placed(
  parts: readonly Part[],
  resolved: readonly Omit<ResolvedPart, 'range'>[],
  shape: Shape,
  range: Partial<Range> | undefined,
): readonly ResolvedPart[] {
  if (parts.length === 0) throw new ArgumentError('a tensor must have at least one part');
  const total = elementCount(shape);
  const { start, count } = resolveRange(range, total);
  let begin = 0;
  const all = parts.map((part, i) => {
    const end = begin + elementCount(part.shape);
    const from = Math.max(begin, start);
    const to = Math.min(end, start + count);
    begin = end;
    return { ...resolved[i], range: { start: from, count: Math.max(to - from, 0) } };
  });
  if (begin !== total) {
    throw new ArgumentError(`the parts of shape ${show(shape)} must have ${total} elements, got ${begin}`);
  }
  const filled = all.filter((part) => part.range.count > 0);
  return filled.length > 0 ? filled : [{ ...all[0], range: { start, count: 0 } }];
}
