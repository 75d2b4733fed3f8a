import { ArgumentError, DeviceError, reading, show } from '../core/errors';
import type { Backend } from './backend';
import { CpuBackend } from './cpu/backend';
import type { Computer } from './cpu/computer';
import { type CpuPath, openComputer } from './cpu/open';
import { REFERENCE } from './cpu/reference/reference';
import { GpuBackend } from './gpu/backend';
import { isSoftware } from './gpu/device/adapter_kind';
import { openDevice } from './gpu/device/device';

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
 * Opens a backend of our own.
 * @param threads that the fast CPU path uses at most
 * @throws DeviceError where a GPU is asked for and there is none
 */
export async function openBackend(choice: BackendChoice, path: CpuPath, threads?: number): Promise<Backend> {
  const computer = await openComputer(path, threads);
  if (choice === 'cpu') return new CpuBackend(computer);
  try {
    const device = await openDevice((info) => choice === 'gpu' || isFasterThan(computer, info));
    return new GpuBackend(device, true);
  } catch (error) {
    if (choice === 'gpu' || !(error instanceof DeviceError)) throw error;
    return new CpuBackend(computer);
  }
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
export function isFasterThan(computer: Computer, info: GPUAdapterInfo): boolean {
  return !isSoftware(info) || computer === REFERENCE;
}
