import * as tf from '@tensorflow/tfjs';
import { Sampler } from '../../index';

/**
 * Makes tf.js compute on a device of the caller's: its webgpu backend is made anew and set. Tensors of a
 * webgpu backend that was there before are gone, so call this first.
 * @throws ArgumentError (as a rejection) where `device` is none
 */
export async function useDevice(device: GPUDevice): Promise<void> {
  Sampler.on(device);
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  if (tf.findBackendFactory('webgpu') !== null) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, device.adapterInfo), 3); // tf.js's own priority
  await tf.setBackend('webgpu');
}
