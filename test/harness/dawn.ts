import { create, globals } from 'webgpu';
import type { Runner } from './runner';
import { openSession } from './session';

/** Dawn in this process, on the driver that VK_DRIVER_FILES names. */
export async function openDawnRunner(name: string): Promise<Runner> {
  Object.assign(globalThis, globals);
  const gpu = create([]);
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw new Error(`${name}: Dawn takes no adapter from ${process.env.VK_DRIVER_FILES}`);
  const { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupsPerDimension } = adapter.limits;
  const device = await adapter.requestDevice({
    requiredLimits: { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupsPerDimension },
  });
  return { name, gpu, device, ...(await openSession(device)) };
}
