import { readArray } from '../core/check';
import { ArgumentError, reading, show, within } from '../core/errors';
import { copyShape, elementCount, type Range, resolveRange, type Shape } from '../core/shape';
import { checkDraw } from '../distributions/check_draw';
import type { Draw } from '../distributions/draw';
import { distributionOf } from '../distributions/parameters';
import { jsonOf } from './envelope';
import { type Initializer, membersOf } from './initializer';
import { initializerFrom, type InitializerSpec } from './spec';

/**
 * What fills a tensor: one initializer, or a list of parts that follow one another in row-major order.
 *
 * @example
 * ```ts
 * import { type Filling, Sampler } from 'tensorseed';
 *
 * const bias: Filling = [
 *   { initializer: 'zeros', shape: [2] },
 *   { initializer: 'ones', shape: [3] },
 * ];
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill(bias, [5]);
 * console.log(await tensor.data()); // Float32Array(5) [ 0, 0, 1, 1, 1 ]
 * sampler.destroy();
 * ```
 */
export type Filling = InitializerSpec | readonly Part[];

/**
 * A part of a tensor with an initializer of its own, such as the ones of the forget gate in the bias of an
 * LSTM.
 *
 * @example
 * ```ts
 * import type { Part } from 'tensorseed';
 *
 * const forgetGate: Part = { shape: [128], initializer: 'ones' };
 * console.log(forgetGate.shape); // [ 128 ]
 * ```
 */
export interface Part {
  /** The shape that the initializer is resolved with. The product of its sizes is the number of elements. */
  readonly shape: Shape;
  /** The initializer of the part, which must not fill matrices: not Identity, and not Orthogonal. */
  readonly initializer: InitializerSpec;
}

/** Elements of a tensor and the draw that fills them. */
export interface ResolvedPart {
  readonly initializer: Initializer;
  readonly draw: Draw;
  /** Elements of the whole tensor, counted row-major. */
  readonly range: Range;
}

/** What fills a range of a tensor. */
export interface ResolvedFilling {
  /** At least one part; a part is empty only where the range is. */
  readonly parts: readonly ResolvedPart[];
  /** What fills the whole tensor, as frozen JSON. An initializer of the caller's own is itself. */
  readonly json: Filling;
}

/**
 * Resolves what fills a range of a tensor, part after part. Element i of a tensor is element i of the
 * tensor's own stream in every part, so parts share nothing and need no names.
 * @param range the whole tensor by default
 * @throws ArgumentError where the specification names no initializer, the shape is not one that it can
 *   fill, the parts are not as long as the tensor, or one of them fills matrices
 */
export function resolveFilling(filling: Filling, shape: Shape, range?: Partial<Range>): ResolvedFilling {
  const total = elementCount(shape);
  const { start, count } = resolveRange(range, total);
  if (!isParts(filling)) {
    const { json, ...resolved } = resolveOne(filling, shape);
    return { json, parts: [{ ...resolved, range: { start, count } }] };
  }
  let end = 0;
  const list: Part[] = [];
  const parts = readParts(filling, ({ shape, initializer }) => {
    const { json, ...resolved } = resolveOne(initializer, shape);
    list.push(Object.freeze({ shape: Object.freeze(shape), initializer: json }));
    const begin = end;
    end += elementCount(shape);
    const from = Math.max(begin, start);
    const to = Math.min(end, start + count);
    return { ...resolved, range: { start: from, count: Math.max(to - from, 0) } };
  });
  if (parts.length === 0) throw new ArgumentError('a tensor must have at least one part');
  const matrix = parts.find(({ draw }) => distributionOf(draw).fillsMatrix);
  if (matrix !== undefined) {
    throw new ArgumentError(
      `a part of a tensor cannot be filled by ${show(matrix.initializer.className).slice(1, -1)}, which fills matrices`,
    );
  }
  const table = parts.find(({ draw }) => distributionOf(draw).readsTable);
  if (table !== undefined) {
    throw new ArgumentError(
      `a part of a tensor cannot be filled by ${show(table.initializer.className).slice(1, -1)}, which needs a tensor of its own`,
    );
  }
  if (end !== total) {
    throw new ArgumentError(`the parts of shape ${show(shape)} must have ${total} elements, got ${end}`);
  }
  const filled = parts.filter((part) => part.range.count > 0);
  return {
    json: Object.freeze(list),
    parts: filled.length > 0 ? filled : [{ ...parts[0], range: { start, count: 0 } }],
  };
}

/** Whether a filling is a list of parts. */
export function isParts(filling: Filling): filling is readonly Part[] {
  return reading('an initializer', () => Array.isArray(filling));
}

/**
 * Reads each part of a tensor once.
 * @throws ArgumentError that names the part, also for what `map` throws
 */
export function readParts<T>(parts: readonly Part[], map: (part: Part) => T): T[] {
  return readArray('parts', parts, 'an array', (part, name) =>
    within(name, () => {
      const { shape, initializer } = reading('the part', () => {
        const { shape, initializer } = Object(part) as Part;
        return { shape, initializer };
      });
      return map({ shape: copyShape(shape), initializer });
    }),
  );
}

function resolveOne(
  spec: InitializerSpec,
  shape: Shape,
): Omit<ResolvedPart, 'range'> & { readonly json: InitializerSpec } {
  // What is an initializer already is not read by initializerFrom, too.
  let initializer = membersOf(spec);
  let made = spec as Initializer;
  if (initializer === undefined) initializer = membersOf((made = initializerFrom(spec)));
  if (initializer === undefined)
    throw new ArgumentError(`an initializer must keep its members, got ${show(spec)}`);
  const draw = checkDraw(initializer.resolve([...shape]), elementCount(shape));
  return { initializer, draw, json: jsonOf(made, initializer) as InitializerSpec };
}
