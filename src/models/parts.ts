import { ArgumentError, show } from '../core/errors';
import type { Initializer } from '../initializers';
import { elementCount, type Range, resolveRange, type Shape } from '../core/shape';
import { initializerLabel, type InitializerSource, makeInitializer } from './initializer_source';

/**
 * A stretch of a tensor with an initializer of its own, such as the forget gate's ones in the
 * bias of an LSTM.
 */
export interface Part {
  /** What the initializer is resolved with; its product is the number of elements. */
  readonly shape: Shape;
  readonly initializer: InitializerSource;
}

/** A part that says where it begins. */
export interface TensorPart extends Part {
  /** Its first element, counted row-major in the whole tensor: where the part before it ends. */
  readonly start: number;
}

/** How a tensor is filled: by one initializer, or by one for each stretch, in row-major order. */
export type Filling = InitializerSource | readonly Part[];

/** Elements of a tensor that one initializer fills, whatever shape it is called with. */
export interface Stretch {
  readonly initializer: Initializer;
  readonly range: Range;
}

/**
 * What fills a range of a tensor, stretch after stretch. Each is filled as
 * `fill(initializer, shape, { range })`: element i of a tensor is element i of the tensor's own
 * stream in every part, so that parts share nothing and need no names.
 * @param range default the whole tensor
 * @returns at least one; only an empty range has one that is empty
 * @throws ArgumentError where the parts are not as long as the tensor, or where one of them is no
 *   recipe for single elements (an identity or an orthogonal matrix)
 */
export function stretches(shape: Shape, filling: Filling, range?: Partial<Range>): Stretch[] {
  const total = elementCount(shape);
  const { start, count } = resolveRange(range, total);
  if (!isParts(filling)) return [{ initializer: makeInitializer(filling), range: { start, count } }];
  const all: Stretch[] = [];
  let begin = 0;
  for (const part of filling) {
    const end = begin + elementCount(part.shape);
    const from = Math.max(begin, start);
    const to = Math.min(end, start + count);
    all.push({ initializer: partInitializer(part), range: { start: from, count: Math.max(to - from, 0) } });
    begin = end;
  }
  if (all.length === 0) throw new ArgumentError('a tensor must have at least one part');
  if (begin !== total)
    throw new ArgumentError(`the parts of shape ${show(shape)} must have ${total} elements, got ${begin}`);
  const filled = all.filter((stretch) => stretch.range.count > 0);
  return filled.length > 0 ? filled : [{ ...all[0], range: { start, count: 0 } }];
}

export function isParts(filling: Filling): filling is readonly Part[] {
  return Array.isArray(filling);
}

/** The filling in a few words, such as `zeros[4], ones[4], zeros[8]`. */
export function fillingLabel(filling: Filling): string {
  if (!isParts(filling)) return initializerLabel(filling);
  return filling
    .map(({ shape, initializer }) => `${initializerLabel(initializer)}[${shape.join(', ')}]`)
    .join(', ');
}

/** The part's draw, for whatever shape. */
function partInitializer({ shape, initializer: source }: Part): Initializer {
  const whole = makeInitializer(source);
  const draw = whole.resolve(shape);
  if (draw.kind === 'eye' || draw.kind === 'orthogonal') {
    throw new ArgumentError(
      `a part of a tensor cannot be filled by ${whole.className}, which fills matrices`,
    );
  }
  return {
    className: whole.className,
    seed: whole.seed,
    resolve: () => draw,
    getConfig: () => whole.getConfig(),
  };
}
