import { ArgumentError } from '../../../core/errors';
import { COPY_SRC } from './buffer';
import { Health } from './health';
import { guarded } from './scope';

const MAP_READ = 0x1; // GPUBufferUsage, GPUMapMode: the globals are missing where the caller brings its own WebGPU
const COPY_DST = 0x8;
const READ = 0x1;

/** Buffers are read in pieces of this size, so that staging does not double the memory of a large tensor. */
const PIECE_BYTES = 64 * 2 ** 20;

/**
 * The bytes [byteOffset, byteOffset + byteLength) of a buffer.
 * @throws ArgumentError where it lacks COPY_SRC usage
 */
export async function readBuffer(
  device: GPUDevice,
  buffer: GPUBuffer,
  byteOffset: number,
  byteLength: number,
): Promise<ArrayBuffer> {
  if ((buffer.usage & COPY_SRC) === 0) {
    throw new ArgumentError(
      `buffer must have COPY_SRC usage (0x4) to be read, got usage 0x${buffer.usage.toString(16)}`,
    );
  }
  const result = new Uint8Array(byteLength);
  const end = byteOffset + byteLength;
  // Copies are whole 4-byte words.
  for (let at = byteOffset - (byteOffset % 4); at < end; at += PIECE_BYTES) {
    const size = Math.min(PIECE_BYTES, Math.ceil(end / 4) * 4 - at);
    const staging = await copyToStaging(device, buffer, at, size);
    try {
      const bytes = await mapped(device, staging);
      const from = Math.max(at, byteOffset);
      const to = Math.min(at + size, end);
      result.set(bytes.subarray(from - at, to - at), from - byteOffset);
    } finally {
      staging.destroy();
    }
  }
  return result.buffer;
}

function copyToStaging(device: GPUDevice, buffer: GPUBuffer, at: number, size: number): Promise<GPUBuffer> {
  return guarded(device, `reading back ${size} bytes`, (owned) => {
    const staging = owned.add(createStaging(device, size));
    const encoder = device.createCommandEncoder({ label: 'tensorseed read' });
    encoder.copyBufferToBuffer(buffer, at, staging, 0, size);
    device.queue.submit([encoder.finish()]);
    return staging;
  });
}

export function createStaging(device: GPUDevice, size: number): GPUBuffer {
  return device.createBuffer({ label: 'tensorseed staging', size, usage: MAP_READ | COPY_DST });
}

/**
 * The bytes of a staging buffer, once the GPU has written them. They are valid until the buffer is unmapped.
 */
export async function mapped(device: GPUDevice, staging: GPUBuffer): Promise<Uint8Array> {
  const range = async (): Promise<ArrayBuffer> => {
    await staging.mapAsync(READ);
    return staging.getMappedRange();
  };
  return new Uint8Array(await Health.of(device).wait('the mapping', range()));
}
