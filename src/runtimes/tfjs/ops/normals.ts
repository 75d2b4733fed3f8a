import type * as tf from '@tensorflow/tfjs';
import { initializers } from '../../../index';
import { drawReals } from './draw';

/**
 * Normal values, with the signature of tf.randomNormal.
 * @param shape of any rank
 * @param mean default 0
 * @param stdDev the standard deviation, >= 0. Default 1
 * @param dtype float32, or int32 for rounded values. Default float32
 * @param seed default: a random one
 * @returns a tensor that the caller disposes of
 * @throws ArgumentError where an argument cannot be right
 * @throws DeviceError where the tensor is too large for the device, or the device is known to be lost
 *
 * @example
 * ```ts
 * import { randomNormal } from 'tensorseed/tfjs-ops';
 *
 * const values = randomNormal([2, 3], 0, 0.02, 'float32', 42);
 * console.log(values.shape.join(), values.dtype); // 2,3 float32
 * ```
 */
export function randomNormal<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  mean = 0,
  stdDev = 1,
  dtype?: 'float32' | 'int32',
  seed?: number,
): tf.Tensor<R> {
  return drawReals(initializers.randomNormal({ mean, stddev: stdDev }), shape, dtype, seed);
}

/**
 * Normal values of mean 0 and standard deviation 1, with the signature of tf.randomStandardNormal.
 * @param shape of any rank
 * @param dtype float32, or int32 for rounded values. Default float32
 * @param seed default: a random one
 * @returns a tensor that the caller disposes of
 * @throws ArgumentError where an argument cannot be right
 * @throws DeviceError where the tensor is too large for the device, or the device is known to be lost
 *
 * @example
 * ```ts
 * import { randomStandardNormal } from 'tensorseed/tfjs-ops';
 *
 * const values = randomStandardNormal([1000], 'float32', 42);
 * console.log(Math.abs((await values.mean().data())[0]) < 0.2); // true
 * ```
 */
export function randomStandardNormal<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  dtype?: 'float32' | 'int32',
  seed?: number,
): tf.Tensor<R> {
  return randomNormal(shape, 0, 1, dtype, seed);
}

/**
 * Normal values within two standard deviations of the mean, with the signature of tf.truncatedNormal.
 * @param shape of any rank
 * @param mean default 0
 * @param stdDev the standard deviation before the truncation, >= 0. Default 1
 * @param dtype float32, or int32 for rounded values. Default float32
 * @param seed default: a random one
 * @returns a tensor that the caller disposes of
 * @throws ArgumentError where an argument cannot be right
 * @throws DeviceError where the tensor is too large for the device, or the device is known to be lost
 *
 * @example
 * ```ts
 * import { truncatedNormal } from 'tensorseed/tfjs-ops';
 *
 * const values = await truncatedNormal([1000], 0, 1, 'float32', 42).data();
 * console.log(values.every((value) => Math.abs(value) <= 2)); // true
 * ```
 */
export function truncatedNormal<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  mean = 0,
  stdDev = 1,
  dtype?: 'float32' | 'int32',
  seed?: number,
): tf.Tensor<R> {
  return drawReals(initializers.truncatedNormal({ mean, stddev: stdDev }), shape, dtype, seed);
}
