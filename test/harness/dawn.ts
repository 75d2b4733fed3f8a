import { createHash } from 'node:crypto';
import { create, globals } from 'webgpu';
import { Sampler } from '../../src/index';
import { computeWords } from './compute';
import { fillBytes } from './request';
import type { Runner } from './runner';

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
  const uncaptured: string[] = [];
  device.addEventListener('uncapturederror', (event) => uncaptured.push(event.error.message));
  const check = (): void => {
    if (uncaptured.length > 0) throw new Error(`${name}: ${uncaptured.splice(0).join('; ')}`);
  };
  const sampler = await Sampler.create({ backend: 'gpu', device });
  return {
    name,
    gpu,
    device,
    async fill(request) {
      const bytes = await fillBytes(sampler, request);
      check();
      return bytes;
    },
    async sha256(request) {
      const bytes = await fillBytes(sampler, request);
      check();
      return createHash('sha256').update(bytes).digest('hex');
    },
    async compute(request) {
      const words = await computeWords(device, request);
      check();
      return words;
    },
    async close() {
      sampler.destroy();
      device.destroy();
    },
  };
}
