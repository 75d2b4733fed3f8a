import * as tf from '@tensorflow/tfjs';
import { integerIn, oneOf } from '../../../core/check';
import { randint } from '../../../initializers/randint';
import { initializers } from '../../../index';
import { fillNow } from '../fill';
import { drawReals } from './draw';
import { keyOfSeed, type TfSeed } from './key';
import { provideSampling } from './sampling';

const DTYPES = ['float32', 'int32', 'bool'] as const;

/**
 * Uniform values in [minval, maxval), with the signature of tf.randomUniform.
 * @param shape of any rank
 * @param minval the lower end, an integer for int32 and bool. Default 0
 * @param maxval the upper end, which is not drawn, an integer for int32 and bool. Default 1
 * @param dtype float32, int32, or bool with ends in [0, 2]. Default float32
 * @param seed default: a random one
 * @returns a tensor that the caller disposes of
 * @throws ArgumentError where an argument cannot be right
 * @throws DeviceError where the tensor is too large for the device, or the device is known to be lost
 *
 * @example
 * ```ts
 * import { randomUniform } from 'tensorseed/tfjs-ops';
 *
 * const values = await randomUniform([1000], -1, 1, 'float32', 42).data();
 * console.log(values.every((value) => value >= -1 && value < 1)); // true
 * ```
 */
export function randomUniform<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  minval = 0,
  maxval = 1,
  dtype: tf.DataType = 'float32',
  seed?: number | string,
): tf.Tensor<R> {
  const wanted = oneOf('dtype', dtype, DTYPES);
  if (wanted === 'float32')
    return drawReals(initializers.randomUniform({ minval, maxval }), shape, wanted, seed);
  if (wanted === 'int32') return integers(shape, minval, maxval, seed);
  integerIn('minval of bool', minval, 0, 1);
  integerIn('maxval of bool', maxval, 1, 2);
  return tf.tidy(() => integers(shape, minval, maxval, seed).toBool());
}

/**
 * Integers in [minval, maxval), each with the same probability, with the signature of tf.randomUniformInt.
 * @param shape of any rank
 * @param minval the least integer, >= -2^31
 * @param maxval the end of the integers, which is not drawn, at most 2^31
 * @param seed default: a random one
 * @returns an int32 tensor that the caller disposes of
 * @throws ArgumentError where an argument cannot be right
 * @throws DeviceError where the tensor is too large for the device, or the device is known to be lost
 *
 * @example
 * ```ts
 * import { randomUniformInt } from 'tensorseed/tfjs-ops';
 *
 * const rolls = await randomUniformInt([1000], 1, 7, 42).data();
 * console.log([...new Set(rolls)].sort().join()); // 1,2,3,4,5,6
 * ```
 */
export function randomUniformInt<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  minval: number,
  maxval: number,
  seed?: number | string,
): tf.Tensor<R> {
  return integers(shape, minval, maxval, seed);
}

function integers<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  minval: number,
  maxval: number,
  seed: TfSeed,
): tf.Tensor<R> {
  integerIn('minval', minval, -(2 ** 31), 2 ** 31 - 1);
  integerIn('maxval', maxval, minval + 1, 2 ** 31);
  provideSampling();
  const initializer = randint({ low: minval, high: maxval });
  return fillNow(initializer, shape, { seed: keyOfSeed(seed), dtype: 'int32' }) as tf.Tensor<R>;
}
