import { knownKeys } from '../../core/check';
import { ArgumentError, reading, show } from '../../core/errors';
import { type LayerSource, list, natural, optional } from './config_fields';
import type { Dims } from './shape';

/**
 * What `layers.inputLayer` takes beside the options of every layer and those of Keras's class. Its shape is needed,
 * under one of four names: `shape` and `batchShape` are Keras's, `inputShape` and `batchInputShape` are
 * TensorFlow.js's.
 *
 * @example
 * ```ts
 * import { type InputLayerOptions, layers, Sequential } from 'tensorseed/models';
 *
 * const image: InputLayerOptions = { shape: [28, 28, 1], batchSize: 32 };
 * const model = new Sequential([layers.inputLayer({ ...image, name: 'image' }), layers.flatten()]);
 * console.log(model.layers[0].outputShape?.join()); // 32,784
 * ```
 */
export interface InputLayerOptions {
  /** The shape of the input without the batch axis; null stands for a size that is open. */
  readonly shape?: Dims;
  /** The size of the batch axis, beside a shape that is without it. Default null, for any. */
  readonly batchSize?: number | null;
}

const SHAPES = ['shape', 'inputShape', 'batchShape', 'batchInputShape'] as const;
const KEPT = ['dtype', 'trainable', 'sparse', 'ragged', 'optional', 'name'] as const;

/**
 * The JSON of a model's input.
 * @param args its shape without the batch axis, and the options; or the options alone
 */
export function inputLayer(...args: readonly unknown[]): LayerSource {
  return reading('the argument of layers.inputLayer', () => {
    const [first] = args;
    const named = typeof first === 'object' && first !== null && !Array.isArray(first);
    const [shape, given = {}, ...more] = named ? [undefined, ...args] : args;
    if (more.length > 0)
      throw new ArgumentError(`layers.inputLayer takes shape before its options, got ${show(args)}`);
    const options = knownKeys('the argument of layers.inputLayer', given, [...SHAPES, 'batchSize', ...KEPT]);
    if (shape !== undefined && options.shape !== undefined)
      throw new ArgumentError(`layers.inputLayer got shape twice, ${show(shape)} and ${show(options.shape)}`);
    if (shape !== undefined) options.shape = shape;
    const kept = KEPT.flatMap((key) => (options[key] === undefined ? [] : [[key, options[key]]]));
    const config = { batch_shape: batchShape(options), ...Object.fromEntries(kept) };
    return { module: 'keras.layers', class_name: 'InputLayer', config, registered_name: null };
  });
}

function batchShape(options: Readonly<Record<string, unknown>>): Dims {
  const given = SHAPES.filter((name) => options[name] !== undefined);
  const [name] = given;
  if (name === undefined)
    throw new ArgumentError('layers.inputLayer needs shape, the sizes of its input without the batch axis');
  if (given.length > 1)
    throw new ArgumentError(`${given[0]} and ${given[1]} of layers.inputLayer exclude each other`);
  const sizes = list(optional(natural())).read(name, options[name]);
  const { batchSize } = options;
  if (name === 'shape' || name === 'inputShape')
    return [optional(natural()).read('batchSize', batchSize ?? null), ...sizes];
  if (batchSize !== undefined)
    throw new ArgumentError(`batchSize and ${name} of layers.inputLayer exclude each other`);
  return sizes;
}
