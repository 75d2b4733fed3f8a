import { knownKeys } from '../../core/check';
import { reading } from '../../core/errors';
import { layer as layerField, type LayerSource, list } from './config_fields';
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
export interface SequentialOptions extends Pick<
  KerasModelOptions,
  'customLayers' | 'customInitializers' | 'names'
> {
  /** The model's name. Default "sequential". */
  readonly name?: string;
}

/**
 * A stack of layers, in which each layer takes the output of the one before it. The layers are what the
 * factories of `layers` return, or models. The first one has an `inputShape`, or is `layers.inputLayer`. More
 * layers may be added later.
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
   * The model of these layers, with the shapes of all outputs and weights. Without layers it is empty.
   * @throws ArgumentError, one line that names the layer, where the layers do not make a model; see kerasModel
   */
  constructor(layers: readonly (LayerSource | KerasModel)[] = [], options: SequentialOptions = {}) {
    const { name = 'sequential', ...hooks } = knownKeys('options', options, [
      'name',
      'customLayers',
      'customInitializers',
      'names',
    ]) as SequentialOptions;
    const sources = reading('layers', () => list(layerField()).read('layers', layers));
    super(
      load(
        { module: 'keras', class_name: 'Sequential', config: { name, layers: sources }, keras_version: '3' },
        { what: 'the model', ...hooks },
        true,
      ),
    );
  }

  /**
   * Adds a layer behind the others. A model is added as it is now.
   * @throws ArgumentError, one line that names the layer, where it does not fit: it is no layer, its name is taken,
   *   it is the first and has no input shape, or it is an input and not the first. The model is then as it was.
   *
   * @example
   * ```ts
   * import { layers, Sequential } from 'tensorseed/models';
   *
   * const model = new Sequential();
   * model.add(layers.inputLayer({ shape: [784] }));
   * model.add(layers.dense({ units: 10 }));
   * console.log(model.countParams()); // 7850
   * ```
   */
  add(layer: LayerSource | KerasModel): void {
    this.extend(reading('layer', () => layerField().read('layer', layer)));
  }
}
