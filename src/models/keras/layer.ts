/*
 * What a layer is, as types alone. A kind of layer acts on its layers and a layer is driven by its kind,
 * so the two interfaces refer to each other and share this file. The code is in model_layer.ts for
 * layers and in kinds/ for kinds.
 */
import type { Shape } from '../../core/shape';
import type { InitializerSpec } from '../../initializers';
import type { TensorPart } from '../tensor_part';
import type { Call, Outputs } from './call';
import type { ConfigFields, ConfigValues, LayerSource } from './config_fields';
import type { Graph } from './graph';
import type { TensorShape } from './shape';
import type { KerasWeight } from './weight';

/**
 * A kind of layer: its configuration, the weights it owns, and the shape of what it returns. The types of the
 * options of `layers` follow from `fields`. The declarations of the package have no more of it.
 */
export interface Kind<F extends ConfigFields = ConfigFields> {
  /** Keras's class name. */
  readonly className: string;
  readonly fields: F;
  /**
   * Other class names of the same kind, in Keras or in one of its older versions.
   * @internal
   */
  readonly aliases?: readonly string[];
  /**
   * Keys of older versions, each with what it is called today.
   * @internal
   */
  readonly renamed?: Readonly<Record<string, string>>;
  /**
   * Keys that are read without effect: they change neither weights nor shapes, or have become obsolete.
   * @internal
   */
  readonly ignored?: readonly string[];
  /**
   * Defaults that were different in Keras 2.
   * @internal
   */
  readonly keras2?: Partial<ConfigValues<F>>;
  /**
   * Adds the layers that this one holds. It runs when the layer is created.
   * @internal
   */
  children?(layer: Layer, config: ConfigValues<F>): void;
  /**
   * Adds the layer's own weights. It runs at the layer's first call.
   * @internal
   */
  build?(layer: Layer, config: ConfigValues<F>, call: Call): void;
  /**
   * The shape of what a call returns.
   * @internal
   */
  output(config: ConfigValues<F>, call: Call, layer: Layer): TensorShape | Outputs;
  /**
   * Whether `output` takes tensors of unknown shape, too. Default false.
   * @internal
   */
  readonly takesUnknown?: boolean;
  /**
   * Whether its configuration may have any keys, as that of a custom layer. Default false.
   * @internal
   */
  readonly anyKey?: boolean;
  /**
   * Whether Keras's class has no argument `trainable`. Default false.
   * @internal
   */
  readonly untrainable?: boolean;
  /**
   * Whether it is a function of keras.ops, which Keras does not list among a model's layers. Default
   * false.
   * @internal
   */
  readonly isOperation?: boolean;
  /**
   * The weights in Keras's order. Default: the layer's own, then those of the layers that it holds.
   * @internal
   */
  order?(layer: Layer, own: readonly KerasWeight[]): readonly KerasWeight[];
  /**
   * The fields that Keras writes in another form than the one in which they are kept.
   * @internal
   */
  config?(layer: Layer): Record<string, unknown>;
}

/** A layer of a Keras model: its configuration, the layers it holds, and after its first call its weights. */
export interface Layer {
  readonly className: string;
  readonly name: string;
  /** The names from the model's top to this layer, joined by "/"; empty for the outermost model. */
  readonly path: string;
  /** Whether its weights may train: its own flag and those of the layers around it. */
  readonly trainable: boolean;
  /** The name of its dtype policy. */
  readonly policy: string;
  /** The generation of Keras that wrote the model: some names and defaults differ. */
  readonly generation: 2 | 3;
  /** Whether einsum kernels count their fans by axes, as they do since Keras 3.15, and not by the shape alone. */
  readonly fansByAxes: boolean;
  /** The JSON that it is made from. */
  readonly source: LayerSource;
  readonly kind: Kind<any>;
  /** The values of its configuration, under Keras's names. */
  readonly values: ConfigValues<any>;
  /** The layer that holds this one; undefined for the outermost model. */
  readonly parent: Layer | undefined;
  readonly children: readonly Layer[];
  /** How a model calls its layers; undefined for any other layer. */
  graph?: Graph;
  /** The shapes that it returned in its model, call by call. */
  outputs: readonly (readonly TensorShape[])[];
  /** The layers of a model that Keras lists: an InputLayer of a Sequential is not among them. */
  readonly rows: readonly Layer[];
  /** The shapes that it returned, of all its calls together; of an InputLayer its own shape. */
  readonly shapes: readonly TensorShape[];
  /** Its own weights, without those of the layers that it holds. */
  readonly own: readonly KerasWeight[];
  /** Its weights and those of the layers that it holds, in Keras's order. */
  readonly weights: readonly KerasWeight[];

  /** Runs `body`. An ArgumentError from it gets a message that says which layer it is about. */
  within<T>(body: () => T): T;
  /** Adds a layer that this one holds. Without a name it gets Keras's for its class: "dense", "dense_1". */
  child(source: LayerSource): Layer;
  /** Adds a weight of its own. Each weight of a layer has another variable name, such as "kernel". */
  weight(variable: string, shape: Shape, initializer: InitializerSpec, options?: WeightOptions): void;
  /**
   * Calls the layer on symbolic tensors and returns the shapes of its outputs. The first call adds its
   * weights.
   */
  call(call: Call): readonly TensorShape[];
}

export interface WeightOptions {
  /** Whether the weight trains. Default true. */
  readonly trainable?: boolean;
  /** The parts of a weight that is filled part by part. They cover it without gaps, in order. */
  readonly parts?: readonly TensorPart[];
}
