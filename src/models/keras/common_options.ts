/**
 * The options that every layer takes, beside those of its class.
 *
 * @example
 * ```ts
 * import { type CommonLayerOptions, layers, Sequential } from 'tensorseed/models';
 *
 * const frozen: CommonLayerOptions = { name: 'head', trainable: false, inputShape: [8] };
 * const model = new Sequential([layers.dense(2, frozen)]);
 * console.log(model.weights[0].name, model.weights[0].trainable); // head/kernel false
 * ```
 */
export interface CommonLayerOptions {
  /** The layer's name. Default: Keras's for its class, numbered from the second on: "dense", "dense_1". */
  readonly name?: string;
  /** Whether its weights train. Default true. */
  readonly trainable?: boolean;
  /** The name of its dtype policy, such as 'float32' or 'mixed_float16'. Default 'float32'. */
  readonly dtype?: string;
  /** For the first layer of a model: the shape of the model's input without the batch axis. */
  readonly inputShape?: readonly (number | null)[];
  /** For the first layer of a model: the shape of the model's input with the batch axis. */
  readonly batchInputShape?: readonly (number | null)[];
}
