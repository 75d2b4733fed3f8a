import { knownKeys } from '../../core/check';
import { reading } from '../../core/errors';
import { layer, type LayerSource, list } from './config_fields';
import type { KerasModelOptions } from './hooks';
import { load } from './load';
import { KerasModel } from './model';

/**
 * The name of a Sequential, and what it does about layers and initializers that are not Keras's.
 *
 * @example
 * ```ts
 * import { layers, Sequential, type SequentialOptions } from 'tensorseed/models';
 *
 * const options: SequentialOptions = { name: 'classifier' };
 * console.log(new Sequential([layers.dense({ units: 4, inputShape: [3] })], options).name); // classifier
 * ```
 */
export interface SequentialOptions extends Pick<KerasModelOptions, 'customLayers' | 'customInitializers'> {
  /** The model's name. Default "sequential". */
  readonly name?: string;
}

/**
 * A stack of layers, in which each layer takes the output of the one before it. The layers are what the
 * factories of `layers` return, or models. The first one has an `inputShape`, or is `layers.inputLayer`.
 *
 * @example
 * ```ts
 * import { layers, Sequential } from 'tensorseed/models';
 *
 * const model = new Sequential([
 *   layers.embedding({ inputDim: 1000, outputDim: 16, inputShape: [null] }),
 *   layers.lstm({ units: 32 }),
 *   layers.dense({ units: 1, activation: 'sigmoid' }),
 * ]);
 * console.log(model.countParams()); // 22305
 * console.log(model.weights.map(({ variable }) => variable).join(' ')); // embeddings kernel recurrent_kernel bias kernel bias
 * ```
 */
export class Sequential extends KerasModel {
  /**
   * The model of these layers, with the shapes of all outputs and weights.
   * @throws ArgumentError, one line that names the layer, where the layers do not make a model; see kerasModel
   */
  constructor(layers: readonly (LayerSource | KerasModel)[], options: SequentialOptions = {}) {
    const { name = 'sequential', ...hooks } = knownKeys('options', options, [
      'name',
      'customLayers',
      'customInitializers',
    ]) as SequentialOptions;
    const sources = reading('layers', () => list(layer()).read('layers', layers));
    super(
      ...load(
        { module: 'keras', class_name: 'Sequential', config: { name, layers: sources }, keras_version: '3' },
        { what: 'the model', ...hooks },
      ),
    );
  }
}
