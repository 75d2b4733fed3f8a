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
   * The names on the way from the model to the variable, joined by "/": "dense/kernel",
   * "bidirectional/forward_lstm/lstm_cell/kernel", "resnet50/conv1/kernel" in a nested model.
   * The outermost model's own name is not part of it. It is `weight.path` of Keras 3 without that name,
   * and `weight.name` of Keras 2 without ":0", with two exceptions:
   * - layers of a nested model carry the nested model's name, because Keras itself gives two such
   *   weights the same path;
   * - a recurrent layer's cell is part of the name for old files, too, as it is since TensorFlow 2.1.
   */
  readonly name: string;
  /** The variable's own name: "kernel", "moving_mean". */
  readonly variable: string;
  /** The path of the layer that owns it: `name` without the variable. */
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
