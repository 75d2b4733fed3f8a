import type { Call, Many } from './call';
import type { Fields, Values } from './fields';
import type { Layer } from './layer';
import type { Dims, TensorShape } from './shape';
import type { KerasWeight } from './weight';

/** A kind of layer: its arguments, the weights it owns, and the shape of what it returns. */
export interface Kind<F extends Fields = Fields> {
  /** Keras's class name. */
  readonly className: string;
  readonly fields: F;
  /** Other class names of the same kind, in Keras or in one of its older versions. */
  readonly aliases?: readonly string[];
  /** Keys of older versions, and what they are called today. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Keys that are read without effect: they change neither weights nor shapes, or no longer do anything. */
  readonly ignored?: readonly string[];
  /** Defaults that were others in Keras 2, where the key is missing. */
  readonly keras2?: Partial<Values<F>>;
  /** Adds the layers that this one holds. Runs when it is created. */
  children?(layer: Layer, config: Values<F>): void;
  /** Adds the layer's own weights. Runs at its first call. */
  build?(layer: Layer, config: Values<F>, call: Call): void;
  output(config: Values<F>, call: Call, layer: Layer): TensorShape | Many;
  /** Whether `output` takes tensors of unknown shape, too. */
  readonly takesUnknown?: boolean;
  /** Whether any key is as good as another in its configuration: a custom layer's. */
  readonly anyKey?: boolean;
  /** Whether Keras's class takes no `trainable`. */
  readonly untrainable?: boolean;
  /** Whether it is a function of keras.ops, which Keras does not count among a model's layers. */
  readonly isOperation?: boolean;
  /** The layer's weights, where they do not stand in Keras's usual order: its own, then its children's. */
  order?(layer: Layer, own: readonly KerasWeight[]): readonly KerasWeight[];
  /** The arguments that its configuration spells otherwise than it keeps them. */
  config?(layer: Layer): Record<string, unknown>;
}

/** A kind with the types of its fields checked, ready for the table of all kinds. */
export function kind<F extends Fields>(kind: Kind<F>): Kind<F> {
  return kind;
}

/** A kind without weights. */
export function shapeKind<F extends Fields>(
  className: string,
  fields: F,
  output: (shape: Dims, config: Values<F>) => Dims,
  more: Partial<Kind<F>> = {},
): Kind<F> {
  return { className, fields, output: (config, call) => output(call.shape, config), ...more };
}

/** A kind without weights whose output has its input's shape. */
export function sameShape<F extends Fields>(
  className: string,
  fields: F,
  more: Partial<Kind<F>> = {},
): Kind<F> {
  return shapeKind(className, fields, (shape) => shape, more);
}
