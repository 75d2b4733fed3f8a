import * as tf from '@tensorflow/tfjs';
import type { Key } from '../../../../index';
import { dropoutWith } from '../elementwise';

const ALPHA = 1.6732632423543772848170429916717;
const SCALE = 1.0507009873554804934193349852946;

/**
 * Dropout for selu: dropped elements become its negative limit, and what results is scaled so that mean and
 * variance stay.
 * @see Klambauer et al., 2017, https://arxiv.org/abs/1706.02515
 */
export function alphaDropped(
  x: tf.Tensor,
  rate: number,
  noiseShape: number[] | undefined,
  key: Key,
): tf.Tensor {
  const limit = -ALPHA * SCALE;
  const mask = noiseShape === undefined || noiseShape === null ? x.shape : noiseShape;
  const kept = dropoutWith(tf.fill(mask, 1), rate, key).greater(0).toFloat();
  const a = ((1 - rate) * (1 + rate * limit ** 2)) ** -0.5;
  const b = -a * limit * rate;
  return x.mul(kept).add(kept.sub(1).mul(-limit)).mul(a).add(b);
}
