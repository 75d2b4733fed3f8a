import { findGpu } from '../../backends/gpu/device/device';
import { DeviceError } from '../../core/errors';
import { firstLine } from '../../backends/gpu/device/refusal';

/** Limits that the library raises, too. */
const RAISED = ['maxBufferSize', 'maxStorageBufferBindingSize', 'maxComputeWorkgroupsPerDimension'] as const;

/**
 * Opens a device that has timestamp queries where the adapter has them.
 * @throws DeviceError where there is no WebGPU, no adapter, or no device
 */
export async function openTimedGpu(): Promise<{ device: GPUDevice; info: GPUAdapterInfo }> {
  const gpu = await findGpu();
  if (gpu === undefined)
    throw new DeviceError('no WebGPU here: use a browser that has it, or in Node install the package webgpu');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new DeviceError('WebGPU offers no adapter: there is no GPU, or no driver for it');
  try {
    const device = await adapter.requestDevice({
      label: 'tensorseed verify',
      requiredFeatures: adapter.features.has('timestamp-query') ? ['timestamp-query'] : [],
      requiredLimits: Object.fromEntries(RAISED.map((name) => [name, adapter.limits[name]])),
    });
    return { device, info: adapter.info };
  } catch (error) {
    throw new DeviceError(`the adapter gives no device: ${firstLine(error)}`);
  }
}
