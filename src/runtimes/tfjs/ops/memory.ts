import type * as tf from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { checkBufferSize } from '../../../backends/gpu/device/buffer';
import { product } from '../../../core/shape';

/** The buffer of a tensor, after the submission of all commands of tf.js that may write to it. */
export function readable(backend: WebGPUBackend, { dataId }: tf.TensorInfo): GPUBuffer {
  backend.uploadToGPU(dataId);
  submit(backend);
  return backend.tensorMap.get(dataId).resource as GPUBuffer;
}

/** Data of tf.js on the GPU, written by commands of ours. */
export function makeOnGpu(
  backend: WebGPUBackend,
  shape: readonly number[],
  dtype: 'float32' | 'int32',
  write: (output: GPUBuffer) => void,
): tf.TensorInfo {
  checkBufferSize(backend.device, 4 * product(shape));
  const info = backend.makeTensorInfo([...shape], dtype);
  try {
    backend.uploadToGPU(info.dataId); // Without values this takes a buffer and uploads nothing.
    submit(backend); // The buffer may be one that commands of tf.js still use.
    write(backend.tensorMap.get(info.dataId).resource as GPUBuffer);
  } catch (error) {
    backend.disposeData(info.dataId);
    throw error;
  }
  return info;
}

function submit(backend: WebGPUBackend): void {
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
}
