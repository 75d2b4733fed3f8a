import type { Budget } from './budget';
import type { LayerSource } from './config_fields';
import type { CustomInitializer, CustomLayer } from './hooks';
import type { Keras1 } from './keras1/detect';
import type { Layer } from './layer';
import type { Notes } from './notes';

/** What the layers of one model share. */
export interface Context {
  /** What messages call the source. */
  readonly what: string;
  /** The generation of Keras that wrote the model: some names and defaults differ. */
  readonly generation: 2 | 3;
  /** Whether einsum kernels count their fans by axes, as they do since Keras 3.15, and not by the shape alone. */
  readonly fansByAxes: boolean;
  /** What a file of Keras 1 says for all of its layers. Otherwise such a file is of generation 2. */
  readonly keras1?: Keras1;
  readonly customLayers: ReadonlyMap<string, CustomLayer>;
  readonly customInitializers: ReadonlyMap<string, CustomInitializer>;
  /** What reading the model may cost. */
  readonly budget: Budget;
  /** What was read without effect and may have been meant to have one. */
  readonly notes: Notes;
  /** Makes the layer that a JSON describes. `name` is for a layer without one. */
  make(source: LayerSource, parent: Layer | undefined, name?: string): Layer;
}
