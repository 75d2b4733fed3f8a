import { show } from '../../../core/errors';
import type { Call } from '../call';
import { integer, json } from '../fields';
import { type Kind, kind } from '../kind';
import type { Layer } from '../layer';
import { concatenated } from './merging';
import { reshaped } from './reshaping';
import { axisOf, broadcast, type Dims, type TensorShape, UnknownShape } from '../shape';

/*
 * Functions that stand in a graph as layers: keras.ops of Keras 3, and the TFOpLambda,
 * SlicingOpLambda and TensorFlowOpLayer of tf.keras 2. None owns weights. What is here are the
 * shapes that follow from the inputs' by simple rules; any other function returns an unknown
 * shape, which is refused only where a weight depends on it.
 */

/** Names in lower case, without module and underscores. */
const ELEMENTWISE = new Set(
  `abs absolute acos acosh add addv2 asin asinh atan atan2 atanh biasadd cast castop ceil celu clip clipbyvalue cos cosh div divide divnonan
  elu equal erf exp expm1 floor floordiv floordivide gelu glu greater greaterequal hardshrink hardsigmoid hardsilu hardtanh identity isfinite
  isinf isnan leakyrelu less lessequal log log10 log1p log2 logaddexp logicaland logicalnot logicalor logicalxor logsigmoid logsoftmax
  maximum minimum mod mul multiply neg negative notequal oneslike pow power realdiv reciprocal relu relu6 round rsqrt selu sigmoid sign silu
  sin sinh softmax softplus softsign sparseplus sqrt square squareddifference sub subtract swish tan tanh truediv where zeroslike stopgradient
  nan_to_num truedivide dropout sparserelu`
    .split(/\s+/)
    .map((name) => name.replaceAll('_', '')),
);
const REDUCTIONS = new Set(
  'mean sum max min prod amax amin any all std var reducemean reducesum reducemax reducemin reduceprod reducestd reducevariance reduceall reduceany argmax argmin logsumexp reducelogsumexp'.split(
    ' ',
  ),
);

const plain = (name: string): string => name.split(/[.>/]/).at(-1)!.replaceAll('_', '').toLowerCase();

function operation(
  name: string,
  call: Call,
  config: Readonly<Record<string, unknown>>,
  layer: Layer,
): TensorShape {
  const tensors = call.tensors.map(({ shape }) => shape);
  const unknown = tensors.find((shape) => shape instanceof UnknownShape);
  if (unknown) return unknown;
  const short = plain(name);
  const shapes = tensors as readonly Dims[];
  const given = (key: string, position: number): unknown =>
    config[key] ?? call.kwargs[key] ?? call.args[position];
  if (shapes.length > 0) {
    if (ELEMENTWISE.has(short)) return broadcast(shapes);
    if (REDUCTIONS.has(short)) return reduced(shapes[0], given('axis', 1), given('keepdims', 2) === true);
    if (short === 'expanddims') return expanded(shapes[0], given('axis', 1)) ?? other(layer, name);
    if (short === 'transpose' || short === 'permute')
      return transposed(shapes[0], given('axes', 1) ?? given('perm', 1)) ?? other(layer, name);
    if (short === 'getitem')
      return sliced(shapes[0], given('slice_spec', 1) ?? given('key', 1)) ?? other(layer, name);
    if (short === 'reshape')
      return reshapedTo(shapes[0], given('shape', 1) ?? given('newshape', 1)) ?? other(layer, name);
    if (/^(batch)?matmul(v2)?$/.test(short) && shapes.length === 2)
      return (
        multiplied(shapes, given('transpose_a', 2) === true, given('transpose_b', 3) === true) ??
        other(layer, name)
      );
    if (short === 'concat' || short === 'concatenate')
      return concatenated(call.shapes, integer().read('axis', given('axis', 1) ?? 0));
  }
  return other(layer, name);
}

const other = (layer: Layer, name: string): UnknownShape =>
  new UnknownShape(`the output of ${show(layer.path)}, the function ${show(name)}`);

function reduced(shape: Dims, axis: unknown, keep: boolean): Dims {
  const axes =
    axis === null || axis === undefined
      ? shape.map((_, i) => i)
      : [axis].flat().map((one) => axisOf(shape, one as number));
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
  return Array.isArray(target) && target.every((size) => Number.isSafeInteger(size))
    ? reshaped(shape, target as number[])
    : undefined;
}

function transposed(shape: Dims, axes: unknown): Dims | undefined {
  if (axes === null || axes === undefined) return shape.toReversed();
  return Array.isArray(axes) && axes.length === shape.length
    ? axes.map((axis) => shape[axisOf(shape, axis as number)])
    : undefined;
}

function multiplied([a, b]: readonly Dims[], transposeA: boolean, transposeB: boolean): Dims | undefined {
  if (a.length < 2 || b.length < 2) return undefined;
  return [
    ...broadcast([a.slice(0, -2), b.slice(0, -2)]),
    a.at(transposeA ? -1 : -2)!,
    b.at(transposeB ? -2 : -1)!,
  ];
}

type Slice = { start?: number | null; stop?: number | null; step?: number | null };

/** `x[key]` for integers, slices, an ellipsis and new axes. */
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
  if ([start, stop, by].some((one) => one !== null && !Number.isSafeInteger(one)) || by <= 0)
    return undefined;
  if (start === null && stop === null && by === 1) return size;
  if (size === null) return null;
  const bound = (value: number): number => Math.max(0, Math.min(size, value < 0 ? value + size : value));
  return Math.max(0, Math.ceil((bound(stop ?? size) - bound(start ?? 0)) / by));
}

/** An operation of keras.ops, whose name is the layer's class. */
export const kerasOperation = (className: string): Kind<any> => ({
  className,
  isOperation: true,
  fields: {},
  anyKey: true,
  takesUnknown: true,
  output: (_, call, layer) => operation(className, call, layer.source.config, layer),
});

const tensorflow = (className: string): Kind<any> =>
  kind({
    className,
    fields: { function: json() },
    anyKey: true,
    takesUnknown: true,
    output({ function: name }, call, layer) {
      const node = layer.source.config.node_def as { op?: unknown } | string | undefined;
      const op =
        typeof node === 'string'
          ? /\bop: "(\w+)"|"op": *"(\w+)"/.exec(node)?.slice(1).find(Boolean)
          : node?.op;
      return operation(
        String(op ?? name ?? className),
        call,
        className === 'TensorFlowOpLayer' ? {} : layer.source.config,
        layer,
      );
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
