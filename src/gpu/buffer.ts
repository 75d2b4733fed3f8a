import { ArgumentError, DeviceError, show } from '../errors';
import { guarded } from './scope';

// GPUBufferUsage; the global is missing where the caller brings its own WebGPU.
export const STORAGE = 0x80;
export const COPY_SRC = 0x4;
export const COPY_DST = 0x8;

/** @throws DeviceError where no buffer of that size can be made on this device */
export function checkBufferSize(device: GPUDevice, bytes: number): void {
  if (bytes > device.limits.maxBufferSize) {
    throw new DeviceError(
      `the tensor needs a buffer of ${bytes} bytes, but the device allows at most ${device.limits.maxBufferSize} (maxBufferSize); fill ranges of it`,
    );
  }
}

export function createBuffer(device: GPUDevice, bytes: number): Promise<GPUBuffer> {
  checkBufferSize(device, bytes);
  return guarded(device, `allocating ${bytes} bytes`, () => createTensorBuffer(device, bytes));
}

export function createTensorBuffer(device: GPUDevice, bytes: number): GPUBuffer {
  return device.createBuffer({ label: 'tensorseed tensor', size: bytes, usage: STORAGE | COPY_SRC | COPY_DST });
}

/** @throws ArgumentError unless `value` is a GPUBuffer that kernels may write */
export function checkGpuBuffer(value: unknown): GPUBuffer {
  // No instanceof: an implementation brought along, such as Dawn's, has a class of its own.
  const buffer = value as Partial<GPUBuffer> | null;
  if (typeof buffer !== 'object' || buffer === null || typeof buffer.size !== 'number' || typeof buffer.usage !== 'number') {
    throw new ArgumentError(`buffer must be a GPUBuffer, got ${show(value)}`);
  }
  if ((buffer.usage & STORAGE) === 0) {
    throw new ArgumentError(`buffer must have STORAGE usage (0x80), got usage 0x${buffer.usage.toString(16)}`);
  }
  return buffer as GPUBuffer;
}
