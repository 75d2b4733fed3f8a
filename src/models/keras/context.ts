import type { InitializerSource } from '../initializer_source';
import type { LayerSource } from './fields';
import type { Layer } from './layer';
import type { Dims } from './shape';
import type { Shape } from '../../core/shape';

/** A weight that a hook describes; its name is the variable's alone, such as "kernel". */
export interface CustomWeight {
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: InitializerSource;
  /** Default true. */
  readonly trainable?: boolean;
}

export interface CustomLayerResult {
  /** In Keras's order. Default none. */
  readonly weights?: readonly CustomWeight[];
  /** The output's shape, batch axis included: one, or a list of them. Default the first input's. */
  readonly outputShape?: Dims | readonly Dims[];
}

/**
 * What stands for a layer whose class is not one of Keras's: given its configuration and the
 * shapes of its input tensors (null where a size is open), its weights and its output's shape.
 */
export type CustomLayer = (
  config: Readonly<Record<string, any>>,
  inputShapes: readonly Dims[],
) => CustomLayerResult;

/** What stands for an initializer that is not one of Keras's: one that is. */
export type CustomInitializer = (config: Readonly<Record<string, any>>, shape: Shape) => InitializerSource;

export interface KerasModelOptions {
  /** What the source is called in messages, such as a file's name. Default "the model". */
  readonly what?: string;
  /** By class name, or by the name that the class is registered under ("Package>Name"). They come before Keras's own. */
  readonly customLayers?: Readonly<Record<string, CustomLayer>>;
  /** By class name or registered name. */
  readonly customInitializers?: Readonly<Record<string, CustomInitializer>>;
}

/** What the layers of one model share. */
export interface Context {
  readonly what: string;
  /** The generation of Keras that wrote the model: some names and defaults differ. */
  readonly generation: 2 | 3;
  readonly customLayers: ReadonlyMap<string, CustomLayer>;
  readonly customInitializers: ReadonlyMap<string, CustomInitializer>;
  /** What was read without effect and might have been meant to have one. */
  readonly notes: string[];
  /** Makes the layer that a JSON describes. `name` is for layers without one. */
  make(source: LayerSource, parent: Layer | undefined, name?: string): Layer;
}
