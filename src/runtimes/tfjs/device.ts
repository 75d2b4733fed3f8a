import * as tf from '@tensorflow/tfjs';
import { Sampler } from '../../index';

/**
 * Makes tf.js compute on a device of the caller's: its webgpu backend is made anew and set. Tensors of a
 * webgpu backend that was there before are gone, so call this first.
 * @param device stays the caller's
 * @throws ArgumentError (as a rejection) where `device` is not a GPUDevice
 *
 * @example
 * ```ts gpu
 * import * as tf from '@tensorflow/tfjs';
 * import { Sampler } from 'tensorseed';
 * import { fill, useDevice } from 'tensorseed/tfjs';
 *
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * await useDevice(sampler.device!);
 * const weights = await fill('he_normal', [64, 32], { seed: 42, name: 'weights' });
 * console.log(tf.getBackend(), weights.shape.join()); // webgpu 64,32
 * weights.dispose();
 * sampler.destroy();
 * ```
 */
export async function useDevice(device: GPUDevice): Promise<void> {
  Sampler.on(device);
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  if (tf.findBackendFactory('webgpu') !== null) tf.removeBackend('webgpu');
  const priority = 3; // that of tf.js's own registration
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, device.adapterInfo), priority);
  await tf.setBackend('webgpu');
}
