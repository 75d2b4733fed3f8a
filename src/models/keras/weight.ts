import { elementCount, type Shape } from '../../core/shape';
import { get } from '../../initializers/get';
import { serialize } from '../../initializers/serialization';
import type { Dtype } from '../../core/dtype';
import { ArgumentError, show } from '../../core/errors';
import type { TensorDescription } from '../description';
import type { InitializerSource } from '../initializer_source';
import type { TensorPart } from '../parts';
import type { Context } from './context';

/** One weight of a Keras model. */
export interface KerasWeight extends TensorDescription {
  /**
   * The names on the way from the model to the variable, joined by "/": "dense/kernel",
   * "bidirectional/forward_lstm/lstm_cell/kernel", "resnet50/conv1/kernel" in a nested model.
   * The outermost model's own name is not part of it. This is `weight.path` of Keras 3 without
   * that name, and `weight.name` of Keras 2 without ":0", but for two things: layers of a nested
   * model carry its name, for Keras itself gives two such weights the same path; and a
   * recurrent layer's cell counts as one in old files, too, as in Keras 2.1 and later of TensorFlow.
   */
  readonly name: string;
  /** The variable's own name: "kernel", "moving_mean". */
  readonly variable: string;
  /** The name of the layer that owns it, from the model's top on: `name` without the variable. */
  readonly layer: string;
  readonly shape: Shape;
  /** Keras's JSON. With `parts` it is what was configured; the parts are what the weight is filled with. */
  readonly initializer: InitializerSource;
  /** Where parts of the weight have initializers of their own: they cover it without gaps, in order. */
  readonly parts?: readonly TensorPart[];
  /** Set where the layer's policy keeps its variables in another type than float32. */
  readonly dtype?: Dtype;
  /** Whether an optimizer would change it: false too where the layer, or one that holds it, is frozen. */
  readonly trainable: boolean;
}

/**
 * The JSON of an initializer as Keras 3 writes it, with the configuration complete.
 * @throws ArgumentError where it is neither one of Keras's nor one with a hook, or cannot be right
 */
export function initializerOf(context: Context, source: InitializerSource, shape: Shape): InitializerSource {
  const {
    class_name: name,
    config,
    registered_name: registered,
  } = (typeof source === 'string' ? { class_name: source } : source) as Record<string, unknown>;
  const hook =
    context.customInitializers.get(registered as string) ?? context.customInitializers.get(name as string);
  const known = hook ? hook((config ?? {}) as Record<string, unknown>, shape) : source;
  try {
    return { ...serialize(get(known)) };
  } catch (error) {
    // The STFT kernels of spectrograms are in the model, though nothing here fills them.
    if (name === 'STFT' && !hook) return source;
    if (!(error instanceof ArgumentError) || hook) throw error;
    throw new ArgumentError(
      `${error.message}${isUnknown(error) ? `; options.customInitializers[${show(name)}] can stand for it` : ''}`,
    );
  }
}

const isUnknown = (error: Error): boolean =>
  /^(unknown initializer|registered_name|\w+ is not available)/.test(error.message);

/** The number of elements of weights together. */
export function parameters(weights: readonly KerasWeight[]): number {
  return weights.reduce((sum, { shape }) => sum + elementCount(shape), 0);
}

/** A shape with its size checked. */
export function checkedShape(shape: Shape): Shape {
  elementCount(shape);
  return shape;
}
