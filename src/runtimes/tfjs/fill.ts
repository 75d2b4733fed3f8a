import * as gpuCode from '../../backends/gpu/code';
import { provideGpuCode } from '../../backends/gpu/loading';
import * as tf from '@tensorflow/tfjs';
import { knownKeys } from '../../core/check';
import { ArgumentError, reading } from '../../core/errors';
import { guarded } from '../../backends/gpu/device/scope';
import { type Filling, Sampler, type Shape } from '../../index';
import { type RuntimeOptions, RUNTIME_KEYS } from '../options';
import { loaded } from '../../initializers/loading';
import { allocate, bufferToWrite, webgpuBackend } from './backend';
import { hostTensor, hostTensorNow } from './host';
import { type FillOptions, type TfRequest, resolveForTf } from './request';

export type { FillOptions, TensorDtype } from './request';
export type { RuntimeOptions as RefillOptions } from '../options';

/**
 * A new tensor, filled on the GPU in tf.js's own memory: nothing passes through the host, and `dispose` frees
 * it as any other. On tf.js's other backends the same values come from the CPU and are handed over.
 * @param initializer whatever `Sampler.fill` takes, and the initializers of this entry
 * @param shape of any rank; `[]` is a scalar
 * @returns a tensor that the caller disposes of
 * @throws ArgumentError (as a rejection) where an argument cannot be right
 * @throws DeviceError (as a rejection) where memory is exhausted or the device was lost
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { fill } from 'tensorseed/tfjs';
 *
 * await tf.setBackend('cpu'); // or 'webgpu' after importing '@tensorflow/tfjs-backend-webgpu'
 * const weights = await fill('glorot_uniform', [64, 32], { seed: 42, name: 'weights' });
 * console.log(weights.shape.join(), weights.dtype); // 64,32 float32
 * weights.dispose();
 * ```
 */
export async function fill(
  initializer: Filling,
  shape: Shape,
  options: FillOptions = {},
): Promise<tf.Tensor> {
  const request = await loaded(() => resolveForTf(initializer, shape, options));
  await tf.ready();
  const backend = webgpuBackend();
  if (backend === undefined || request.job.range.count === 0) return hostTensor(request);
  let tensor: tf.Tensor | undefined;
  try {
    await guarded(
      backend.device,
      'allocating a tensor',
      () => (tensor = allocate(backend, request.job.shape, request.filled)),
    );
    const buffer = bufferToWrite(backend, tensor!);
    await Sampler.on(backend.device).fillJobs([{ ...request.job, buffer }], {});
  } catch (error) {
    tensor?.dispose();
    throw error;
  }
  return finish(tensor!, request);
}

/**
 * Gives new values to a variable, such as a weight of a model, or to a tensor. They are written in place
 * where no other tensor shares its memory. A variable that shares its memory is assigned a tensor of its own,
 * so that the others keep their values.
 * @param target whose shape and dtype stay
 * @param initializer whatever `fill` takes
 * @throws ArgumentError (as a rejection) where an argument cannot be right; also for a tensor that is no
 *   variable where it shares its memory or has none on the GPU
 * @throws DeviceError (as a rejection) where memory is exhausted or the device was lost
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { refill } from 'tensorseed/tfjs';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [4] })] });
 * const [kernel, bias] = model.getWeights();
 * await refill(kernel, 'he_normal', { seed: 42, name: 'kernel' });
 * await refill(bias, 'ones');
 * console.log((await model.getWeights()[1].data()).join()); // 1
 * ```
 */
export async function refill(
  target: tf.Tensor,
  initializer: Filling,
  options: RuntimeOptions = {},
): Promise<void> {
  if (!reading('target', () => target instanceof tf.Tensor))
    throw new ArgumentError('target must be a tf.Tensor or a tf.Variable');
  if (target.isDisposed) throw new ArgumentError('target must not be disposed');
  const complete = { ...knownKeys('options', options, RUNTIME_KEYS), dtype: target.dtype } as FillOptions;
  const request = await loaded(() => resolveForTf(initializer, target.shape, complete));
  await tf.ready();
  const backend = webgpuBackend();
  const inPlace =
    request.filled === request.dtype && request.job.range.count > 0 && backend?.refCount(target.dataId) === 1;
  if (inPlace) {
    const buffer = bufferToWrite(backend, target);
    await Sampler.on(backend.device).fillJobs([{ ...request.job, buffer }], {});
    return;
  }
  if (!(target instanceof tf.Variable)) {
    throw new ArgumentError(
      `target must be a tf.Variable, or a tensor of the webgpu backend that shares its memory with no other`,
    );
  }
  const fresh = await fill(initializer, target.shape, complete);
  target.assign(fresh);
  fresh.dispose();
}

/**
 * As `fill`, but at once, because tf.js's layers and operations wait for no promise. So all code for GPUs is part of
 * their entries. The commands are submitted when it returns.
 * @throws ArgumentError where an argument cannot be right
 * @throws DeviceError where the device is known to be lost
 */
export function fillNow(initializer: Filling, shape: Shape, options: FillOptions): tf.Tensor {
  const request = resolveForTf(initializer, shape, options);
  const backend = webgpuBackend();
  if (backend === undefined || request.job.range.count === 0) return hostTensorNow(request);
  const { device } = backend;
  provideGpuCode(gpuCode);
  const sampler = Sampler.on(device);
  const tensor = allocate(backend, request.job.shape, request.filled);
  try {
    const buffer = bufferToWrite(backend, tensor);
    const encoder = device.createCommandEncoder({ label: 'tensorseed tfjs' });
    sampler.encodeJob(encoder, { ...request.job, buffer });
    device.queue.submit([encoder.finish()]);
  } catch (error) {
    tensor.dispose();
    throw error;
  }
  return finish(tensor, request);
}

function finish(tensor: tf.Tensor, { dtype }: TfRequest): tf.Tensor {
  if (tensor.dtype === dtype) return tensor;
  const cast = tensor.cast(dtype);
  tensor.dispose();
  return cast;
}
