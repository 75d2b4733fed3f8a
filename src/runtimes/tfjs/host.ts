import * as tf from '@tensorflow/tfjs';
import { fillCpu } from '../../backends/cpu/reference/fill';
import type { TensorData } from '../../core/dtype';
import { ArgumentError } from '../../core/errors';
import { Sampler } from '../../index';
import type { FillOptions, Request } from './request';

/** A tensor of a backend other than webgpu: the values of the CPU, which are the same bits. */
export async function hostTensor(request: Request, options: FillOptions): Promise<tf.Tensor> {
  const { shape, dtype } = request.job;
  const sampler = await Sampler.create({ backend: 'cpu' });
  const filled = await sampler.fill(request.initializer, shape, { ...options, dtype });
  return toTensor(await filled.data(), request);
}

/**
 * The same at once.
 * @throws ArgumentError for Orthogonal, whose linear algebra gives way to other work in between
 */
export function hostTensorNow(request: Request): tf.Tensor {
  const { params, key, dtype, range } = request.job;
  if (params.kernel === 'orthogonal') {
    throw new ArgumentError(
      `Orthogonal in a layer needs tf.js's webgpu backend, got ${tf.getBackend()}; await fill(…) and set the weights`,
    );
  }
  const patterns = new Uint32Array(range.count);
  fillCpu(params, key, dtype, 0, patterns);
  return toTensor(patterns, request);
}

function toTensor({ buffer, byteOffset, length }: TensorData, { job, filled, dtype }: Request): tf.Tensor {
  const values = new (filled === 'int32' ? Int32Array : Float32Array)(buffer, byteOffset, length);
  const shape = [...job.shape];
  return filled === dtype
    ? tf.tensor(values, shape, dtype)
    : tf.tensor(Int32Array.from(values), shape, dtype);
}
