import { host } from '../core/current_host';
import { ArgumentError, DeviceError, reading, show } from '../core/errors';
import type { Backend } from './backend';
import type { CpuBackend } from './cpu/backend';
import type { CpuOptions, CpuPath } from './cpu/options';
import { GpuBackend } from './gpu/backend';
import { isSoftware } from './gpu/device/adapter_kind';
import { loadGpuCode } from './gpu/loading';

/**
 * What a sampler computes on: 'gpu', 'cpu', or 'auto', which takes a GPU where there is one, else the CPU.
 *
 * @example
 * ```ts
 * import { type BackendChoice, Sampler } from 'tensorseed';
 *
 * const backend: BackendChoice = 'cpu';
 * const sampler = await Sampler.create({ backend });
 * console.log(sampler.backend); // cpu
 * sampler.destroy();
 * ```
 */
export type BackendChoice = 'auto' | 'gpu' | 'cpu';

/** Every choice. */
export const BACKENDS: readonly BackendChoice[] = ['auto', 'gpu', 'cpu'];

/**
 * Opens a backend of our own. The code of a backend is loaded when one is opened.
 * @throws DeviceError where a GPU is asked for and there is none
 */
export async function openBackend(choice: BackendChoice, options: CpuOptions): Promise<Backend> {
  if (choice === 'cpu') return openCpu(options);
  if (choice === 'auto' && !(await hasWebGpu())) return openCpu(options);
  let cpu: CpuBackend | undefined;
  try {
    const { openDevice } = await loadGpuCode();
    const device = await openDevice(async (info) => {
      if (choice === 'gpu' || !isSoftware(info)) return true;
      cpu = await openCpu(options);
      return isFasterThan(cpu.path, info);
    });
    return new GpuBackend(device, true);
  } catch (error) {
    if (choice === 'gpu' || !(error instanceof DeviceError)) throw error;
    return cpu ?? openCpu(options);
  }
}

async function hasWebGpu(): Promise<boolean> {
  try {
    return (await host().findGpu()) !== undefined;
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
    return false;
  }
}

async function openCpu(options: CpuOptions): Promise<CpuBackend> {
  return (await import('./cpu/open')).openCpu(options);
}

/**
 * The backend of a device of the caller's.
 * @throws ArgumentError where `device` is not a GPUDevice
 */
export function backendOn(device: GPUDevice): Backend {
  const isDevice = (): boolean =>
    typeof device === 'object' &&
    typeof device?.createBuffer === 'function' &&
    typeof device.lost?.then === 'function' &&
    typeof device.limits?.maxBufferSize === 'number' &&
    typeof device.queue?.submit === 'function' &&
    typeof device.createCommandEncoder() === 'object'; // It throws for a Proxy of a device.
  if (!reading('device', isDevice))
    throw new ArgumentError(`device must be a GPUDevice, got ${show(device)}`);
  return new GpuBackend(device, false);
}

/**
 * Whether `backend: 'auto'` takes an adapter rather than the CPU. It always takes a GPU. A driver that
 * computes on the CPU takes 1.5 to 12 times as long as the fast CPU path (docs/performance.md), but less
 * time than the reference.
 */
export function isFasterThan(path: CpuPath, info: GPUAdapterInfo): boolean {
  return !isSoftware(info) || path === 'reference';
}
