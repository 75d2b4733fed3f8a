import { describe } from '../../backends/gpu/device/describe';
import { firstLine } from '../../backends/gpu/device/refusal';
import { requestAdapter } from '../../backends/gpu/device/request_adapter';
import { host } from '../../core/current_host';
import { DeviceError } from '../../core/errors';

/** Limits that the library raises, too. */
const RAISED = ['maxBufferSize', 'maxStorageBufferBindingSize', 'maxComputeWorkgroupsPerDimension'] as const;

/**
 * Opens a device that has timestamp queries where the adapter has them.
 * @throws DeviceError where there is no WebGPU, no adapter, or no device
 */
export async function openTimedGpu(): Promise<{ device: GPUDevice; info: GPUAdapterInfo }> {
  const gpu = await host().findGpu();
  if (gpu === undefined)
    throw new DeviceError('no WebGPU here: use a browser that has it, or in Node install the package webgpu');
  const adapter = await requestAdapter(gpu);
  if (adapter === null)
    throw new DeviceError('WebGPU offers no adapter: there is no GPU, or no driver for it');
  try {
    const device = await adapter.requestDevice({
      label: 'tensorseed verify',
      requiredFeatures: adapter.features.has('timestamp-query') ? ['timestamp-query'] : [],
      requiredLimits: Object.fromEntries(RAISED.map((name) => [name, adapter.limits[name]])),
    });
    return { device, info: adapter.info };
  } catch (error) {
    throw new DeviceError(`the adapter ${describe(adapter.info)} gives no device: ${firstLine(error)}`);
  }
}
