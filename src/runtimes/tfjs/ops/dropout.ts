import * as tf from '@tensorflow/tfjs';
import { ArgumentError } from '../../../core/errors';
import type { Key } from '../../../index';
import { checkRate } from '../../../operations/dropout/operation';
import { dropoutWith } from './elementwise';
import { keyOfSeed } from './key';

/**
 * Sets elements to 0 with a probability, and divides the others by the rest, with the signature of tf.dropout. The
 * mask is stored nowhere: the gradient computes it again.
 * @param x a float32 tensor, or what tf.tensor takes
 * @param rate the probability that an element becomes 0, in [0, 1)
 * @param noiseShape the shape of the mask, which is broadcast as tf.mul does; an axis that is null has the size that
 *   it has in `x`. Default: that of `x`
 * @param seed default: a random one
 * @returns a tensor that the caller disposes of
 * @throws ArgumentError where an argument cannot be right
 * @throws DeviceError where the tensor is too large for the device, or the device is known to be lost
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { dropout } from 'tensorseed/tfjs-ops';
 *
 * const values = await dropout(tf.fill([1000], 1), 0.5, undefined, 42).data();
 * console.log([...new Set(values)].sort().join()); // 0,2
 * ```
 */
export function dropout(
  x: tf.Tensor | tf.TensorLike,
  rate: number,
  noiseShape?: readonly (number | null)[],
  seed?: number | string,
): tf.Tensor {
  const key = keyOfSeed(seed);
  return tf.tidy(() => dropped(x instanceof tf.Tensor ? x : tf.tensor(x), rate, noiseShape, key));
}

/** The same for a key. */
export function dropped(
  x: tf.Tensor,
  rate: number,
  noiseShape: readonly (number | null)[] | undefined,
  key: Key,
): tf.Tensor {
  if (x.dtype !== 'float32') throw new ArgumentError(`x must be a tensor of float32, got ${x.dtype}`);
  if (checkRate(rate) === 0) return x.clone();
  const mask = maskShape(x.shape, noiseShape);
  return masked(x, rate, mask, key);
}

/** What is left of a tensor under a mask of a shape that broadcasts with its own. */
export function masked(x: tf.Tensor, rate: number, mask: number[], key: Key): tf.Tensor {
  return tf.util.arraysEqual(mask, x.shape)
    ? dropoutWith(x, rate, key)
    : x.mul(dropoutWith(tf.fill(mask, 1), rate, key));
}

/** As tf.js's getNoiseShape has it. */
function maskShape(shape: number[], noiseShape: readonly (number | null)[] | undefined): number[] {
  if (noiseShape === undefined || noiseShape === null) return shape;
  if (noiseShape.length !== shape.length) return noiseShape as number[];
  return noiseShape.map((size, i) => size ?? shape[i]);
}
