import { ArgumentError, DeviceError, reading, show } from '../../../core/errors';
import type { Owned } from './owned';

// GPUBufferUsage; the global is missing where the caller brings its own WebGPU.
export const STORAGE = 0x80;
export const COPY_SRC = 0x4;
export const COPY_DST = 0x8;

/**
 * Refuses a buffer that is too large for the device.
 * @param what needs the buffer, for the message
 * @param remedy what the caller can do about it, for the message
 * @throws DeviceError where no buffer of that size can be made on this device
 */
export function checkBufferSize(
  device: GPUDevice,
  bytes: number,
  what = 'the tensor needs',
  remedy = 'fill ranges of it',
): void {
  const most = device.limits.maxBufferSize;
  if (bytes > most) {
    throw new DeviceError(
      `${what} a buffer of ${bytes} bytes, but the device allows at most ${most} (maxBufferSize); ${remedy}`,
    );
  }
}

/** A buffer that holds words of the host, in whole words of 4 bytes. It is in `owned` before anything can fail. */
export function createFilledBuffer(
  device: GPUDevice,
  label: string,
  words: Uint32Array | Uint16Array,
  usage: number,
  owned: Owned,
): GPUBuffer {
  const size = Math.max(Math.ceil(words.byteLength / 4) * 4, 4);
  const buffer = owned.add(device.createBuffer({ label, size, usage, mappedAtCreation: true }));
  new (words.constructor as typeof Uint32Array)(buffer.getMappedRange()).set(words);
  buffer.unmap();
  return buffer;
}

export function createTensorBuffer(device: GPUDevice, bytes: number): GPUBuffer {
  return device.createBuffer({
    label: 'tensorseed tensor',
    size: bytes,
    usage: STORAGE | COPY_SRC | COPY_DST,
  });
}

/** The buffers that WebGPU has taken for buffers. */
const known = new WeakSet<object>();

/**
 * @returns the size of the buffer in bytes
 * @throws ArgumentError unless `value` is a GPUBuffer that kernels may write
 */
export function checkGpuBuffer(device: GPUDevice, value: unknown): number {
  if (!isGpuBuffer(device, value)) throw new ArgumentError(`buffer must be a GPUBuffer, got ${show(value)}`);
  const { size, usage } = reading('buffer', () => ({ size: value.size, usage: value.usage }));
  if ((usage & STORAGE) === 0) {
    throw new ArgumentError(`buffer must have STORAGE usage (0x80), got usage 0x${usage.toString(16)}`);
  }
  return size;
}

/**
 * There is no instanceof here, because an implementation such as Dawn's has a class of its own. So WebGPU is
 * asked: it throws where an argument has another class. The encoder is never finished, and so reports nothing.
 */
function isGpuBuffer(device: GPUDevice, value: unknown): value is GPUBuffer {
  if (typeof value !== 'object' || value === null) return false;
  if (known.has(value)) return true;
  try {
    // Dawn ends the process where it is given a Proxy of a buffer, or an object with the prototype of one. The
    // getters of buffers throw for these.
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(value), 'size')!.get!.call(value);
    device.createCommandEncoder({ label: 'tensorseed check' }).clearBuffer(value as GPUBuffer, 0, 0);
  } catch {
    return false;
  }
  known.add(value);
  return true;
}
