import type * as tf from '@tensorflow/tfjs';
import { ArgumentError, show } from '../../../core/errors';
import { gamma } from '../../../initializers/gamma';
import { drawReals } from './draw';
import { provideSampling } from './sampling';

/**
 * Gamma values, with the signature of tf.randomGamma.
 * @param shape of any rank
 * @param alpha the concentration, a number > 0
 * @param beta the rate, a number > 0, so that the mean is alpha / beta. Default 1
 * @param dtype float32, or int32 for rounded values. Default float32
 * @param seed default: a random one
 * @returns a tensor that the caller disposes of
 * @throws ArgumentError where an argument cannot be right
 * @throws DeviceError where the tensor is too large for the device, or the device is known to be lost
 *
 * @example
 * ```ts
 * import { randomGamma } from 'tensorseed/tfjs-ops';
 *
 * const values = randomGamma([1000], 3, 2, 'float32', 42);
 * console.log(Math.abs((await values.mean().data())[0] - 1.5) < 0.2); // true
 * ```
 */
export function randomGamma<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  alpha: number,
  beta = 1,
  dtype: 'float32' | 'int32' = 'float32',
  seed?: number,
): tf.Tensor<R> {
  if (typeof beta !== 'number' || !(beta > 0))
    throw new ArgumentError(`beta must be a number > 0, got ${show(beta)}`);
  provideSampling();
  return drawReals(gamma({ concentration: alpha, scale: 1 / beta }), shape, dtype, seed);
}
