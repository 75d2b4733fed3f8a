import { host } from '../../../core/current_host';
import { DeviceError } from '../../../core/errors';
import { describe } from './describe';
import { requestAdapter } from './request_adapter';
import { unlistedFeatures } from './wide_products';

/** The limits that are raised to what the adapter has, so that large tensors need few bindings. */
const RAISED = ['maxBufferSize', 'maxStorageBufferBindingSize', 'maxComputeWorkgroupsPerDimension'] as const;

/**
 * Opens a device of our own that allows the adapter's largest buffers.
 * @param accepts whether the adapter is wanted
 * @param wished features that the device gets where the adapter has them
 * @throws DeviceError where there is no WebGPU, no adapter that is wanted, or the adapter gives no device
 */
export async function openDevice(
  accepts: (info: GPUAdapterInfo) => boolean | Promise<boolean>,
  wished: readonly GPUFeatureName[] = [],
): Promise<GPUDevice> {
  const gpu = await host().findGpu();
  if (gpu === undefined) {
    throw new DeviceError('no WebGPU here: use a browser that has it, or in Node install the package webgpu');
  }
  const adapter = await requestAdapter(gpu);
  if (adapter === null)
    throw new DeviceError('WebGPU offers no adapter: there is no GPU, or no driver for it');
  if (!(await accepts(adapter.info)))
    throw new DeviceError(`the adapter ${describe(adapter.info)} is slower than the CPU`);
  const requiredLimits = Object.fromEntries(RAISED.map((name) => [name, adapter.limits[name]]));
  const listed = wished.filter((feature) => adapter.features.has(feature));
  const request = (requiredFeatures: GPUFeatureName[]): Promise<GPUDevice> =>
    adapter.requestDevice({ label: 'tensorseed', requiredFeatures, requiredLimits });
  const unlisted = unlistedFeatures(adapter.info);
  if (unlisted.length > 0) {
    try {
      return await request([...listed, ...unlisted]);
    } catch {
      // The driver does not have them.
    }
  }
  try {
    return await request(listed);
  } catch (error) {
    throw new DeviceError(
      `the adapter ${describe(adapter.info)} gives no device: ${(error as Error).message}`,
    );
  }
}
