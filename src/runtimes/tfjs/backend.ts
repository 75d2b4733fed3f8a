import * as tf from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { checkBufferSize } from '../../backends/gpu/device/buffer';

/**
 * The backend that tf.js computes with now, where it is the webgpu one, whatever name it was registered by.
 */
export function webgpuBackend(): WebGPUBackend | undefined {
  const backend = tf.backend() as Partial<WebGPUBackend>;
  return backend.device && backend.tensorMap && backend.uploadToGPU ? (backend as WebGPUBackend) : undefined;
}

/**
 * A tensor of tf.js's own with memory on the GPU, whose values may be anything. tf.js pools the buffer,
 * counts it and takes it back when the last tensor that shares it is disposed. A tensor from
 * `tf.tensor({ buffer, zeroCopy: true })` would never free it.
 */
export function allocate(
  backend: WebGPUBackend,
  shape: readonly number[],
  dtype: 'float32' | 'int32' | 'bool',
): tf.Tensor {
  checkBufferSize(backend.device, 4 * tf.util.sizeFromShape([...shape]));
  const info = backend.makeTensorInfo([...shape], dtype);
  backend.uploadToGPU(info.dataId); // Without values this takes a buffer and uploads nothing.
  return tf.engine().makeTensorFromTensorInfo(info, backend);
}

/**
 * The buffer of a tensor that is about to be overwritten. Commands that tf.js still holds back are submitted
 * first, for they may use this memory. Values that tf.js keeps on the host are dropped, for they would hide
 * the new ones.
 */
export function bufferToWrite(backend: WebGPUBackend, tensor: tf.Tensor): GPUBuffer {
  const data = backend.tensorMap.get(tensor.dataId);
  data.values = undefined as never;
  backend.uploadToGPU(tensor.dataId);
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
  return data.resource as GPUBuffer;
}
