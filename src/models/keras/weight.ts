import type { Dtype } from '../../core/dtype';
import { elementCount, type Shape } from '../../core/shape';
import type { InitializerJson } from '../../initializers';
import type { TensorDescription } from '../description';
import type { TensorPart } from '../tensor_part';

/**
 * One weight of a Keras model.
 *
 * @example
 * ```ts
 * import { type KerasWeight, layers, Sequential } from 'tensorseed/models';
 *
 * const model = new Sequential([layers.batchNormalization({ inputShape: [8] })]);
 * const frozen: KerasWeight[] = model.weights.filter(({ trainable }) => !trainable);
 * console.log(frozen.map(({ variable }) => variable).join()); // moving_mean,moving_variance
 * ```
 */
export interface KerasWeight extends TensorDescription {
  /**
   * Its name, which no other weight of the model has: the one in the list of weights of the file that the model was
   * read from; or else Keras's, which is `weight.path` of Keras 3 and `weight.name` of Keras 2 without ":0"; or
   * another one that the option `names` asks for. Where Keras gives one name to several weights, these have their
   * unique paths.
   */
  readonly name: string;
  /**
   * Its unique path, where that is not its name: the names on the way from the model to the variable, joined by "/".
   * "dense/kernel", "bidirectional/forward_lstm/lstm_cell/kernel", "resnet50/conv1/kernel" in a nested model. The
   * outermost model's own name is not part of it. Its stream follows from it.
   */
  readonly streamName?: string;
  /** The variable's own name: "kernel", "moving_mean". */
  readonly variable: string;
  /** The path of the layer that owns it: its unique path without the variable. */
  readonly layer: string;
  /** Its sizes in elements. */
  readonly shape: Shape;
  /**
   * Keras's JSON. Where the weight has `parts`, it is what was configured, and the parts are what fills
   * it.
   */
  readonly initializer: InitializerJson;
  /** The parts of a weight that is filled part by part. They cover it without gaps, in order. */
  readonly parts?: readonly TensorPart[];
  /** The element type, where the layer's policy keeps its variables in a half type. */
  readonly dtype?: Dtype;
  /** Whether an optimizer would change it; false also where the layer, or one that holds it, is frozen. */
  readonly trainable: boolean;
}

/** The number of elements of weights together. */
export function parameters(weights: readonly KerasWeight[]): number {
  return weights.reduce((sum, { shape }) => sum + elementCount(shape), 0);
}
