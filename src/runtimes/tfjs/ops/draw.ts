import * as tf from '@tensorflow/tfjs';
import { oneOf } from '../../../core/check';
import type { Filling } from '../../../index';
import { fillNow } from '../fill';
import { keyOfSeed, type TfSeed } from './key';

const ROUNDED = ['float32', 'int32'] as const;

/**
 * A tensor of real numbers; for int32 each is rounded to the nearest integer, of two the upper one, as tf.js does.
 * @throws ArgumentError where an argument cannot be right
 */
export function drawReals<R extends tf.Rank>(
  initializer: Filling,
  shape: tf.ShapeMap[R],
  dtype: 'float32' | 'int32' | undefined,
  seed: TfSeed,
): tf.Tensor<R> {
  const wanted = dtype === undefined || dtype === null ? 'float32' : oneOf('dtype', dtype, ROUNDED);
  return tf.tidy(() => {
    const values = fillNow(initializer, shape, { seed: keyOfSeed(seed) });
    return (wanted === 'float32' ? values : values.add(0.5).floor().toInt()) as tf.Tensor<R>;
  });
}
