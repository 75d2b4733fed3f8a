import { ArgumentError, show } from '../../../core/errors';
import { type Call, Outputs } from '../call';
import { integer, json } from '../config_fields';
import { type Kind, kind } from '../kind';
import type { Layer } from '../layer';
import { concatenated } from './merging';
import { reshaped } from './reshaping';
import {
  type Argument,
  elementwiseShape,
  givenSizes,
  operandShape,
  tensorflowShapes,
} from './tensorflow_rules';
import { axisOf, broadcast, type Dims, type TensorShape, UnknownShape } from '../shape';
import { words } from '../words';

/*
 * Functions that stand in a graph as layers: keras.ops of Keras 3, and the TFOpLambda, SlicingOpLambda
 * and TensorFlowOpLayer of tf.keras 2. None of them owns weights. The functions that are known here
 * are those whose output's shape follows by a simple rule from the shapes of their inputs. Any other
 * function returns an unknown shape, which is refused only where a weight depends on it.
 */

/** Functions element by element, in lower case and without module and underscores. */
const ELEMENTWISE = new Set(
  words(`
    abs absolute acos acosh add addv2 asin asinh atan atan2 atanh biasadd cast castop ceil celu clip
    clipbyvalue cos cosh div divide dividenonan divnonan dropout elu equal erf exp expm1 floor floordiv floordivide
    gelu glu greater greaterequal hardshrink hardsigmoid hardsilu hardtanh identity isfinite isinf isnan
    leakyrelu less lessequal log log10 log1p log2 logaddexp logicaland logicalnot logicalor logicalxor
    logsigmoid logsoftmax maximum minimum mod mul multiply nantonum neg negative notequal oneslike pow
    power realdiv reciprocal relu relu6 round rsqrt selu sigmoid sign silu sin sinh softmax softplus
    softsign sparseplus sparserelu sqrt square squareddifference stopgradient sub subtract swish tan tanh
    truediv truedivide where zeroslike
  `),
);

/** Functions over axes, in lower case and without module and underscores. */
const REDUCTIONS = new Set(
  words(`
    all amax amin any argmax argmin logsumexp max mean min prod std sum var reduceall reduceany
    reducelogsumexp reducemax reducemean reducemin reduceprod reducestd reducesum reducevariance
  `),
);

/** A function's name in lower case and without module and underscores. */
const plain = (name: string): string => name.split(/[.>/]/).at(-1)!.replaceAll('_', '').toLowerCase();

/** The shape of what a function returns. `config` is the configuration of the layer that stands for it. */
function operation(
  name: string,
  call: Call,
  config: Readonly<Record<string, unknown>>,
  layer: Layer,
  isTensorflow = false,
): TensorShape | Outputs {
  const unknown = call.tensors.find(({ shape }) => shape instanceof UnknownShape);
  if (unknown) return unknown.shape;
  const argument: Argument = (key, position) => config[key] ?? call.kwargs[key] ?? call.args[position];
  const key = plain(name);
  const found = (isTensorflow && tensorflowOutputs(key, call, argument)) || ruledShape(key, call, argument);
  const source = `the output of ${show(layer.path)}, the function ${show(name)}`;
  return found ?? new UnknownShape(source, layer.className);
}

/** What a function of TensorFlow returns that is another one than that of keras.ops with its name. */
function tensorflowOutputs(name: string, call: Call, argument: Argument): Dims | Outputs | undefined {
  const shapes = call.tensors.map(({ shape }) => shape as Dims);
  const [first] = shapes;
  if (first === undefined) return undefined;
  if (name === 'argmax' || name === 'argmin') return reduced(first, argument('axis', 1) ?? 0, false);
  if (name === 'norm' || name === 'countnonzero')
    return reduced(first, argument('axis', name === 'norm' ? 2 : 1), argument('keepdims', 3) === true);
  if (name === 'matmul') {
    const both = [operandShape(call.args[0]), operandShape(argument('b', 1))];
    const [a, b] = ['transpose_a', 'transpose_b'].map((key, i) => argument(key, i + 2) === true);
    return both[0] && both[1] && multiplied(both as Dims[], a, b);
  }
  if (ELEMENTWISE.has(name) || name === 'addn') return elementwiseShape(shapes, argument);
  const outputs = tensorflowShapes(name, first, argument, call);
  return outputs?.length === 1 ? outputs[0] : outputs && new Outputs(outputs);
}

/** The shape that follows from a rule; undefined where there is none. */
function ruledShape(name: string, call: Call, argument: Argument): Dims | undefined {
  const shapes = call.tensors.map(({ shape }) => shape as Dims);
  const [first] = shapes;
  if (first === undefined) return undefined;
  if (ELEMENTWISE.has(name)) return broadcast(shapes);
  if (REDUCTIONS.has(name)) return reduced(first, argument('axis', 1), argument('keepdims', 2) === true);
  switch (name) {
    case 'expanddims':
      return expanded(first, argument('axis', 1));
    case 'transpose':
    case 'permute':
      return transposed(first, argument('axes', 1) ?? argument('perm', 1));
    case 'getitem':
      return sliced(first, argument('slice_spec', 1) ?? argument('key', 1));
    case 'reshape':
      return reshapedTo(first, argument('shape', 1) ?? argument('newshape', 1));
    case 'matmul':
    case 'matmulv2':
    case 'batchmatmul':
    case 'batchmatmulv2':
      return multiplied(shapes, argument('transpose_a', 2) === true, argument('transpose_b', 3) === true);
    case 'concat':
    case 'concatenate':
      return concatenated(call.shapes, integer().read('axis', argument('axis', 1) ?? 0));
    default:
      return undefined;
  }
}

function reduced(shape: Dims, axis: unknown, keep: boolean): Dims {
  const axes: readonly number[] =
    axis === null || axis === undefined
      ? shape.map((_, i) => i)
      : [axis].flat().map((one) => axisOf(shape, one as number));
  if (axes.length > shape.length)
    throw new ArgumentError(`axis must name each axis of ${show(shape)} once, got ${show(axis)}`);
  return keep
    ? shape.map((size, i) => (axes.includes(i) ? 1 : size))
    : shape.filter((_, i) => !axes.includes(i));
}

function expanded(shape: Dims, axis: unknown): Dims | undefined {
  if (!Number.isSafeInteger(axis)) return undefined;
  const at = (axis as number) < 0 ? (axis as number) + shape.length + 1 : (axis as number);
  return at >= 0 && at <= shape.length ? shape.toSpliced(at, 0, 1) : undefined;
}

function reshapedTo(shape: Dims, target: unknown): Dims | undefined {
  const sizes = givenSizes(target);
  if (!sizes?.includes(null)) return sizes && reshaped(shape, sizes as number[]);
  return sizes.map((size) => (size === -1 ? null : size));
}

function transposed(shape: Dims, axes: unknown): Dims | undefined {
  if (axes === null || axes === undefined) return shape.toReversed();
  return Array.isArray(axes) && axes.length === shape.length
    ? axes.map((axis) => shape[axisOf(shape, axis as number)])
    : undefined;
}

function multiplied(shapes: readonly Dims[], transposeA: boolean, transposeB: boolean): Dims | undefined {
  const [a, b] = shapes;
  if (shapes.length !== 2 || a.length < 2 || b.length < 2) return undefined;
  return [
    ...broadcast([a.slice(0, -2), b.slice(0, -2)]),
    a.at(transposeA ? -1 : -2)!,
    b.at(transposeB ? -2 : -1)!,
  ];
}

type Slice = { start?: number | null; stop?: number | null; step?: number | null };

/** The shape of `x[key]`, where the key consists of integers, slices, an ellipsis and new axes. */
function sliced(shape: Dims, key: unknown): Dims | undefined {
  const items = Array.isArray(key) ? key : [key];
  const isEllipsis = (item: unknown): boolean =>
    (item as { class_name?: string } | null)?.class_name === '__ellipsis__';
  const taken = items.filter((item) => item !== null && !isEllipsis(item)).length;
  if (taken > shape.length) return undefined;
  const output: (number | null)[] = [];
  let axis = 0;
  for (const item of items) {
    if (item === null) output.push(1);
    else if (isEllipsis(item))
      for (const end = axis + shape.length - taken; axis < end; axis++) output.push(shape[axis]);
    else if (typeof item === 'number') axis++;
    else {
      const length = sliceLength(shape[axis++], item as Slice);
      if (length === undefined) return undefined;
      output.push(length);
    }
  }
  return [...output, ...shape.slice(axis)];
}

function sliceLength(
  size: number | null,
  item: Slice & { class_name?: string; config?: Slice },
): number | null | undefined {
  const {
    start = null,
    stop = null,
    step = null,
  } = item.class_name === '__slice__' ? (item.config ?? item) : item;
  const by = step ?? 1;
  if ([start, stop, by].some((one) => one !== null && !Number.isSafeInteger(one)) || by === 0)
    return undefined;
  if (start === null && stop === null && by === 1) return size;
  if (size === null) return null;
  const counted = (value: number): number => (value < 0 ? value + size : value);
  if (by < 0) {
    const bound = (value: number): number => Math.max(-1, Math.min(size - 1, counted(value)));
    const end = stop === null ? -1 : bound(stop);
    return Math.max(0, Math.ceil(((start === null ? size - 1 : bound(start)) - end) / -by));
  }
  const bound = (value: number): number => Math.max(0, Math.min(size, counted(value)));
  return Math.max(0, Math.ceil((bound(stop ?? size) - bound(start ?? 0)) / by));
}

/** The kind of an operation of keras.ops, whose name is the layer's class. */
export const kerasOperation = (className: string): Kind<any> => ({
  className,
  isOperation: true,
  fields: {},
  anyKey: true,
  takesUnknown: true,
  output: (_, call, layer) => operation(className, call, layer.source.config, layer),
});

/** The operation that a TensorFlowOpLayer's node_def names, which is an object, JSON or protobuf's text. */
function nodeOperation(node: unknown): unknown {
  if (typeof node !== 'string') return (node as { op?: unknown } | undefined)?.op;
  // The name of the function stands near the beginning, before attributes that may be long.
  const found = /\bop: "(\w+)"|"op": *"(\w+)"/.exec(node.slice(0, 3000));
  return found?.[1] ?? found?.[2];
}

const tensorflow = (className: string): Kind<any> =>
  kind({
    className,
    fields: { function: json() },
    anyKey: true,
    takesUnknown: true,
    output({ function: name }, call, layer) {
      const { config } = layer.source;
      const known = className === 'TensorFlowOpLayer' ? {} : config;
      return operation(String(nodeOperation(config.node_def) ?? name ?? className), call, known, layer, true);
    },
  });

export const tensorflowOperations = [
  'TFOpLambda',
  'SlicingOpLambda',
  'TensorFlowOpLayer',
  'ClassMethod',
  'InstanceMethod',
  'InstanceProperty',
].map(tensorflow);
