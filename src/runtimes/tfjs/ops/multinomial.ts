import * as tf from '@tensorflow/tfjs';
import { integerIn } from '../../../core/check';
import { ArgumentError, show } from '../../../core/errors';
import type { Key } from '../../../index';
import { chooseNow, chooseOnHost } from '../../../operations/now';
import { webgpuBackend } from '../backend';
import { keyOfSeed } from './key';
import { type OwnKernel, runKernel } from './kernels';
import { makeOnGpu, readable } from './memory';

const MOST_OUTCOMES = 2 ** 24;

const MULTINOMIAL: OwnKernel = {
  name: 'TensorseedMultinomial',
  compute: (logits, { numSamples, normalized }, key) => drawFrom(logits, numSamples, key, normalized === 1),
};

/**
 * Draws indices of outcomes with the probabilities softmax(logits), with the signature of tf.multinomial.
 *
 * The draws follow from the seed and the logits alone. Logits of NaN and minus infinity are never drawn, and an
 * outcome of probability 0 neither; a row without any other gives -1.
 * @param logits a row of logits, or rows of them, at least 2 and at most 2^24 in each
 * @param numSamples the number of draws from each row
 * @param seed default: a random one
 * @param normalized whether `logits` are probabilities instead. They go through the logarithm of the device, whose
 *   last bits differ. Default false
 * @returns an int32 tensor of the shape [numSamples], or [rows, numSamples], that the caller disposes of
 * @throws ArgumentError where an argument cannot be right
 * @throws DeviceError where a row is too large for the device, or the device is known to be lost
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { multinomial } from 'tensorseed/tfjs-ops';
 *
 * const logits = tf.tensor1d([0, -Infinity, 0]);
 * const drawn = await multinomial(logits, 1000, 42).data();
 * console.log([...new Set(drawn)].sort().join()); // 0,2
 * ```
 */
export function multinomial(
  logits: tf.Tensor1D | tf.Tensor2D | tf.TensorLike,
  numSamples: number,
  seed?: number,
  normalized = false,
): tf.Tensor1D | tf.Tensor2D {
  const key = keyOfSeed(seed);
  return tf.tidy(() => {
    const given = logits instanceof tf.Tensor ? logits : tf.tensor(logits);
    if (given.rank !== 1 && given.rank !== 2)
      throw new ArgumentError(`logits must have the rank 1 or 2, got ${given.rank}`);
    const rows = (given.rank === 1 ? given.reshape([1, -1]) : given).toFloat() as tf.Tensor2D;
    const drawn = runKernel(MULTINOMIAL, rows, key, { numSamples, normalized: Number(normalized) });
    return given.rank === 1 ? drawn.reshape([numSamples]) : (drawn as tf.Tensor2D);
  });
}

/** Draws in tf.js's memory. */
export function drawFrom(
  logits: tf.TensorInfo,
  numSamples: number,
  key: Key,
  normalized: boolean,
): tf.TensorInfo {
  const [rows, vocabulary] = logits.shape;
  if (!(vocabulary >= 2 && vocabulary <= MOST_OUTCOMES))
    throw new ArgumentError(`logits must have 2 to 2^24 outcomes, got ${show(vocabulary)}`);
  const samples = integerIn('numSamples', numSamples, 0, MOST_OUTCOMES);
  const shape = [rows, samples];
  if (rows * samples === 0) return tf.tensor([], shape, 'int32');
  const options = { vocabulary, rows, samples, seed: key };
  const backend = webgpuBackend();
  if (backend === undefined) {
    const source = normalized ? tf.log(logits as tf.Tensor) : (logits as tf.Tensor);
    return tf.tensor(chooseOnHost(options, source.dataSync() as Float32Array), shape, 'int32');
  }
  if (!normalized) return choose(logits);
  const { kernelFunc } = tf.getKernel('Log', tf.getBackend());
  const logarithms = kernelFunc({ inputs: { x: logits }, attrs: {}, backend }) as tf.TensorInfo;
  const drawn = choose(logarithms);
  backend.disposeData(logarithms.dataId);
  return drawn;

  function choose(source: tf.TensorInfo): tf.TensorInfo {
    return makeOnGpu(backend!, shape, 'int32', (output) =>
      chooseNow(backend!.device, options, readable(backend!, source), output),
    );
  }
}
