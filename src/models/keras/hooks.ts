import type { Shape } from '../../core/shape';
import type { InitializerSpec } from '../../initializers';
import type { Dims } from './shape';

/** A weight that a hook describes. */
export interface CustomWeight {
  /** The variable's own name, such as "kernel"; each weight of a layer has another one. */
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: InitializerSpec;
  /** Default true. */
  readonly trainable?: boolean;
}

export interface CustomLayerResult {
  /** In Keras's order. Default: none. */
  readonly weights?: readonly CustomWeight[];
  /** The shape of the output, or of each of several, batch axis included. Default: the first input's. */
  readonly outputShape?: Dims | readonly Dims[];
}

/**
 * Describes a layer whose class is not one of Keras's.
 * @param config the layer's configuration
 * @param inputShapes the shapes of its input tensors, batch axis included; null where a size is open
 */
export type CustomLayer = (
  config: Readonly<Record<string, any>>,
  inputShapes: readonly Dims[],
) => CustomLayerResult;

/**
 * Replaces an initializer that is not one of Keras's by one that is.
 * @param config the initializer's configuration
 * @param shape the shape of the weight
 */
export type CustomInitializer = (config: Readonly<Record<string, any>>, shape: Shape) => InitializerSpec;

export interface KerasModelOptions {
  /** What messages call the source, such as a file's name. Default "the model". */
  readonly what?: string;
  /**
   * By class name, or by the name that the class is registered under ("Package>Name"). They come before
   * Keras's own layers.
   */
  readonly customLayers?: Readonly<Record<string, CustomLayer>>;
  /** By class name or registered name. They come before Keras's own initializers. */
  readonly customInitializers?: Readonly<Record<string, CustomInitializer>>;
}
