import * as tf from '@tensorflow/tfjs';
import { fillReference } from '../../backends/cpu/reference/fill';
import type { TensorData } from '../../core/dtype';
import { ArgumentError } from '../../core/errors';
import { Sampler } from '../../index';
import type { TfRequest } from './request';

/** A tensor of a backend other than webgpu. Its values come from the CPU and are the same bits. */
export async function hostTensor(request: TfRequest): Promise<tf.Tensor> {
  const sampler = await Sampler.create({ backend: 'cpu' });
  const [filled] = await sampler.fillJobs([request.job], {});
  return toTensor(await filled.data(), request);
}

/**
 * The same tensor, but at once.
 * @throws ArgumentError for Orthogonal, whose linear algebra is computed in turns and so only behind a
 *   promise
 */
export function hostTensorNow(request: TfRequest): tf.Tensor {
  const { stretches, key, dtype, range } = request.job;
  const patterns = new Uint32Array(range.count);
  for (const stretch of stretches) {
    const { params } = stretch;
    if (params.kernel === 'orthogonal') {
      throw new ArgumentError(
        `Orthogonal in a layer needs tf.js's webgpu backend, got ${tf.getBackend()}; await fill(…) and set the weights`,
      );
    }
    const { start, count } = stretch.range;
    fillReference(params, key, dtype, start, patterns.subarray(start, start + count));
  }
  return toTensor(patterns, request);
}

function toTensor({ buffer, byteOffset, length }: TensorData, { job, filled, dtype }: TfRequest): tf.Tensor {
  const values = new (filled === 'float32' ? Float32Array : Int32Array)(buffer, byteOffset, length);
  const shape = [...job.shape];
  if (dtype === 'bool') return tf.tensor(Uint8Array.from(values), shape, dtype);
  return filled === dtype
    ? tf.tensor(values, shape, dtype)
    : tf.tensor(Int32Array.from(values), shape, dtype);
}
