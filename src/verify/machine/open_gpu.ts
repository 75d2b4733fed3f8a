import { openDevice } from '../../backends/gpu/device/device';

/**
 * Opens a device that has timestamp queries where the adapter has them.
 * @throws DeviceError where there is no WebGPU, no adapter, or no device
 */
export async function openTimedGpu(): Promise<{ device: GPUDevice; info: GPUAdapterInfo }> {
  let info: GPUAdapterInfo;
  const accept = (found: GPUAdapterInfo): boolean => {
    info = found;
    return true;
  };
  const device = await openDevice(accept, ['timestamp-query']);
  return { device, info: info! };
}
