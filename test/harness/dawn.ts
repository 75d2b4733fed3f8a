import { create, globals } from 'webgpu';
import type { Runner } from './runner';
import { openSession } from './session';

/** Dawn in this process, on the driver that VK_DRIVER_FILES names. */
export async function openDawnRunner(name: string): Promise<Runner> {
  Object.assign(globalThis, globals);
  pollLessOften();
  const gpu = create([]);
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw new Error(`${name}: Dawn takes no adapter from ${process.env.VK_DRIVER_FILES}`);
  const { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupsPerDimension } = adapter.limits;
  const device = await adapter.requestDevice({
    requiredLimits: { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupsPerDimension },
  });
  return { name, gpu, device, ...(await openSession(device)) };
}

/**
 * Dawn polls for finished work in a loop of setImmediate. That takes a whole core, which the driver's threads need:
 * every 8th time it now waits for a millisecond.
 */
function pollLessOften(): void {
  const { setImmediate } = globalThis;
  let polls = 0;
  const paced = (callback: (...args: unknown[]) => void, ...args: unknown[]) =>
    ++polls % 8 === 0 ? setTimeout(callback, 1, ...args) : setImmediate(callback, ...args);
  globalThis.setImmediate = paced as typeof setImmediate;
}
