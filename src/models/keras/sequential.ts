import { knownKeys } from '../../core/check';
import { layer, type LayerSource, list } from './config_fields';
import type { KerasModelOptions } from './hooks';
import { load } from './load';
import { KerasModel } from './model';

export interface SequentialOptions extends Pick<KerasModelOptions, 'customLayers' | 'customInitializers'> {
  /** Default "sequential". */
  readonly name?: string;
}

/**
 * A stack of layers, in which each layer takes the output of the one before it. The layers are what the
 * factories of `layers` return, or models. The first one has an `inputShape`, or is `layers.inputLayer`.
 */
export class Sequential extends KerasModel {
  /** @throws ArgumentError where the layers do not make a model; see kerasModel */
  constructor(layers: readonly (LayerSource | KerasModel)[], options: SequentialOptions = {}) {
    const { name = 'sequential', ...hooks } = knownKeys('options', options, [
      'name',
      'customLayers',
      'customInitializers',
    ]) as SequentialOptions;
    const sources = list(layer()).read('layers', layers);
    super(
      ...load(
        { module: 'keras', class_name: 'Sequential', config: { name, layers: sources }, keras_version: '3' },
        { what: 'the model', ...hooks },
      ),
    );
  }
}
