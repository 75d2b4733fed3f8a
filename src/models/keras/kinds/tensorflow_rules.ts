import type { Call } from '../call';
import { SymbolicTensor } from '../call';
import {
  axisOf,
  broadcast,
  type Dim,
  type Dims,
  elements,
  isDims,
  UnknownShape,
  windowLength,
} from '../shape';
import { words } from '../words';
import { concatenated } from './merging';

/*
 * The shapes of what functions of TensorFlow return that keras.ops does not have, or has with other arguments. See
 * https://www.tensorflow.org/api_docs/python/tf. A rule gives undefined where it does not know the arguments.
 */

/** The value of an argument, by its name in the call or its position. */
export type Argument = (name: string, position: number) => unknown;
/** The shape of a function's output, or those of several. */
type Result = Dims | readonly Dims[] | undefined;
type Rule = (shape: Dims, argument: Argument, call: Call) => Result;

/** The most outputs that one call may have. */
const MAX_OUTPUTS = 10_000;

const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isInteger = (value: unknown): value is number => Number.isSafeInteger(value);

/** The shape of an operand: a tensor, or a constant, which is a number or nested lists of numbers. */
export function operandShape(value: unknown): Dims | undefined {
  if (value instanceof SymbolicTensor) return value.shape instanceof UnknownShape ? undefined : value.shape;
  const sizes: number[] = [];
  let item = value;
  for (; Array.isArray(item); item = (item as unknown[])[0]) sizes.push(item.length);
  return typeof item === 'number' || typeof item === 'boolean' ? sizes : undefined;
}

/** The sizes that a list of integers and scalar tensors stands for; those of tensors are not known. */
export function givenSizes(value: unknown): Dims | undefined {
  if (!Array.isArray(value)) return undefined;
  const sizes = value.map((size: unknown) => (size instanceof SymbolicTensor ? null : size));
  return sizes.every((size) => size === null || isInteger(size)) ? (sizes as Dims) : undefined;
}

/** An axis of the output, which has one more than the input. */
const newAxis = (shape: Dims, axis: number): number => (axis < 0 ? axis + shape.length + 1 : axis);
const scaled = (size: Dim, factor: number): Dim => (size === null ? null : size * factor);

const same: Rule = (shape) => shape;
const scalar: Rule = () => [];

const squeeze: Rule = (shape, argument) => {
  const axis = argument('axis', 1) ?? argument('squeeze_dims', 3);
  if (axis === undefined || axis === null || (Array.isArray(axis) && axis.length === 0))
    return shape.includes(null) ? undefined : shape.filter((size) => size !== 1);
  const axes = new Set([axis].flat().map((one) => axisOf(shape, one as number)));
  return shape.filter((_, i) => !axes.has(i));
};

const stack: Rule = (shape, argument, { shapes }) => {
  const axis = argument('axis', 1) ?? 0;
  if (!isInteger(axis) || shapes.length === 0) return undefined;
  const at = newAxis(shape, axis);
  const sizes = shapes.map((one) => one.toSpliced(at, 0, 1));
  return at < 0 || at > shape.length ? undefined : concatenated(sizes, at);
};

const unstack: Rule = (shape, argument) => {
  const axis = axisOf(shape, Number(argument('axis', 2) ?? 0));
  const count = shape[axis];
  return count === null || count > MAX_OUTPUTS
    ? undefined
    : Array<Dims>(count).fill(shape.toSpliced(axis, 1));
};

const split: Rule = (shape, argument) => {
  const parts = argument('num_or_size_splits', 1);
  const axis = axisOf(shape, Number(argument('axis', 2) ?? 0));
  const size = shape[axis];
  const part = (length: Dim): Dims => shape.with(axis, length);
  if (isSize(parts) && parts > 0 && parts <= MAX_OUTPUTS)
    return Array<Dims>(parts).fill(part(size === null ? null : Math.floor(size / parts)));
  if (!Array.isArray(parts) || !parts.every(isInteger)) return undefined;
  const known = parts.filter((length) => length >= 0).reduce((sum, length) => sum + length, 0);
  return parts.map((length) => part(length >= 0 ? length : size === null ? null : Math.max(0, size - known)));
};

const tile: Rule = (shape, argument) => {
  const multiples = argument('multiples', 1);
  return isDims(multiples) && multiples.length === shape.length
    ? shape.map((size, i) => (multiples[i] === null ? null : scaled(size, multiples[i])))
    : undefined;
};

const repeat: Rule = (shape, argument) => {
  const repeats = argument('repeats', 1);
  const axis = argument('axis', 2);
  if (!isSize(repeats)) return undefined;
  if (!isInteger(axis)) return [scaled(elements(shape), repeats)];
  const at = axisOf(shape, axis);
  return shape.with(at, scaled(shape[at], repeats));
};

const pad: Rule = (shape, argument) => {
  const paddings = argument('paddings', 1);
  if (!Array.isArray(paddings) || paddings.length !== shape.length) return undefined;
  if (!paddings.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(isSize)))
    return undefined;
  return shape.map((size, i) => (size === null ? null : size + paddings[i][0] + paddings[i][1]));
};

const oneHot: Rule = (shape, argument) => {
  const depth = argument('depth', 1);
  const at = newAxis(shape, Number(argument('axis', 4) ?? -1));
  return isSize(depth) && at >= 0 ? shape.toSpliced(at, 0, depth) : undefined;
};

const gather: Rule = (shape, argument) => {
  const indices = operandShape(argument('indices', 1));
  const batch = argument('batch_dims', 4) ?? 0;
  if (indices === undefined || !isSize(batch)) return undefined;
  const axis = axisOf(shape, Number(argument('axis', 3) ?? batch));
  return [...shape.slice(0, axis), ...indices.slice(batch), ...shape.slice(axis + 1)];
};

const lookUp: Rule = (shape, argument) => {
  const ids = operandShape(argument('ids', 1));
  return ids && [...ids, ...shape.slice(1)];
};

const resize: Rule = (shape, argument) => {
  const size = givenSizes(argument('size', 1));
  return size?.length === 2 && shape.length >= 3
    ? [...shape.slice(0, -3), ...size, shape.at(-1)!]
    : undefined;
};

const channels =
  (count: number): Rule =>
  (shape) => [...shape.slice(0, -1), count];

/** Moves blocks of space to the channels where `down` is set, and back where it is not. */
const blocks =
  (down: boolean): Rule =>
  ([batch, ...rest], argument) => {
    const block = argument('block_size', 1);
    const format = argument('data_format', 2) ?? 'NHWC';
    if (!isSize(block) || block === 0 || rest.length !== 3 || format !== 'NHWC') return undefined;
    const by = (size: Dim, factor: number): Dim => (size === null ? null : Math.floor(size * factor));
    const [rows, columns, depth] = rest;
    const space = down ? 1 / block : block;
    return [
      batch,
      by(rows, space),
      by(columns, space),
      by(depth, down ? block * block : 1 / (block * block)),
    ];
  };

const pool: Rule = (shape, argument) => {
  const both = (value: unknown): number[] => {
    const list = [value].flat() as number[];
    return list.length === 4 ? list.slice(1, 3) : list.length === 1 ? [list[0], list[0]] : list;
  };
  const [window, strides] = [both(argument('ksize', 1)), both(argument('strides', 2))];
  const padding = String(argument('padding', 3)).toLowerCase();
  const format = argument('data_format', 4) ?? 'NHWC';
  if (![...window, ...strides].every((size) => isSize(size) && size > 0) || shape.length !== 4)
    return undefined;
  if ((padding !== 'same' && padding !== 'valid') || format !== 'NHWC') return undefined;
  const [batch, rows, columns, depth] = shape;
  const length = (size: Dim, i: number) => windowLength(size, window[i], strides[i], padding);
  return [batch, length(rows, 0), length(columns, 1), depth];
};

const cut: Rule = (shape, argument) => {
  const [begin, size] = [givenSizes(argument('begin', 1)), givenSizes(argument('size', 2))];
  if (begin?.length !== shape.length || size?.length !== shape.length) return undefined;
  return size.map((length, i) => {
    if (length !== -1) return length;
    const [from, whole] = [begin[i], shape[i]];
    return from === null || whole === null ? null : Math.max(0, whole - from);
  });
};

const topK: Rule = (shape, argument) => {
  const k = argument('k', 1) ?? 1;
  return isSize(k) ? Array<Dims>(2).fill([...shape.slice(0, -1), k]) : undefined;
};

const tensorDot: Rule = (_, argument) => {
  const [a, b] = [operandShape(argument('a', 0)), operandShape(argument('b', 1))];
  const axes = argument('axes', 2);
  if (!a || !b) return undefined;
  if (isSize(axes)) return axes <= a.length ? [...a.slice(0, a.length - axes), ...b.slice(axes)] : undefined;
  if (!Array.isArray(axes) || axes.length !== 2) return undefined;
  const rest = (shape: Dims, given: unknown): Dims => {
    const summed = new Set([given].flat().map((axis) => axisOf(shape, axis as number)));
    return shape.filter((__, i) => !summed.has(i));
  };
  return [...rest(a, axes[0]), ...rest(b, axes[1])];
};

const masked: Rule = (shape, argument) => {
  const mask = operandShape(argument('mask', 1));
  return mask && (argument('axis', 3) ?? 0) === 0 ? [null, ...shape.slice(mask.length)] : undefined;
};

/** Whether it is the shape of one tensor, and not a list of shapes. */
const isOne = (result: Dims | readonly Dims[]): result is Dims => !result.some((item) => Array.isArray(item));

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...words(`
    adjustbrightness adjustcontrast adjustgamma adjusthue adjustsaturation argsort bandpart batchnormalization
    checknumerics convertimagedtype cumprod cumsum flipleftright flipupdown floormod l2normalize
    localresponsenormalization matrixbandpart matrixinverse perimagestandardization preventgradient reverse roll
    saturatecast setdiag sort sparsesoftmax
  `).map((name): [string, Rule] => [name, same]),
  ['squeeze', squeeze],
  ['stack', stack],
  ['pack', stack],
  ['unstack', unstack],
  ['unpack', unstack],
  ['split', split],
  ['tile', tile],
  ['repeat', repeat],
  ['pad', pad],
  ['padv2', pad],
  ['mirrorpad', pad],
  ['shape', (shape) => [shape.length]],
  ['rank', scalar],
  ['size', scalar],
  ['broadcastto', (_, argument) => givenSizes(argument('shape', 1))],
  ['onehot', oneHot],
  ['gather', gather],
  ['gatherv2', gather],
  ['embeddinglookup', lookUp],
  ['resize', resize],
  ['resizeimages', resize],
  ['rgbtograyscale', channels(1)],
  ['grayscaletorgb', channels(3)],
  ['spacetodepth', blocks(true)],
  ['depthtospace', blocks(false)],
  ['maxpool2d', pool],
  ['avgpool2d', pool],
  ['slice', cut],
  ['topk', topK],
  ['tensordot', tensorDot],
  ['booleanmask', masked],
  ['trace', (shape) => shape.slice(0, -2)],
  ['matrixtranspose', (shape) => [...shape.slice(0, -2), ...shape.slice(-2).toReversed()]],
  ['diag', (shape) => [...shape, shape.at(-1) ?? null]],
  [
    'diagpart',
    (shape) => {
      const [rows = null, columns = null] = shape.slice(-2);
      return [...shape.slice(0, -2), rows === null || columns === null ? null : Math.min(rows, columns)];
    },
  ],
]);

/** The shapes of the outputs of a function of TensorFlow; undefined where there is no rule for it. */
export function tensorflowShapes(
  name: string,
  shape: Dims,
  argument: Argument,
  call: Call,
): readonly Dims[] | undefined {
  const result = RULES.get(name)?.(shape, argument, call);
  return result === undefined
    ? undefined
    : isOne(result) && !isList(name, result)
      ? [result]
      : (result as Dims[]);
}

/** Whether an empty result is a list of no shapes, and not the shape of a scalar. */
const isList = (name: string, result: readonly unknown[]): boolean =>
  result.length === 0 && /^(unstack|unpack|split)$/.test(name);

/** The shape of operands element by element, constants included. */
export function elementwiseShape(shapes: readonly Dims[], argument: Argument): Dims {
  const given = ['x', 'y'].map((key, i) => argument(key, i)).filter((value) => Array.isArray(value));
  const constants = given.map(operandShape).filter((shape) => shape !== undefined);
  return broadcast([...shapes, ...constants]);
}
