import { readBuffer } from '../../../src/backends/gpu/device/read';
import type { Place } from './call';

/** What memory holds before a tensor is written. */
export const GUARD = 0xa5;

/** Memory of the caller's on one backend. */
export interface Memory {
  make(place: Place): GPUBuffer | ArrayBuffer | Uint8Array;
  /** All bytes of what `make` gave. */
  read(made: GPUBuffer | ArrayBuffer | Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
}

export const HOST: Memory = {
  make({ size, view }) {
    const bytes = new Uint8Array((view ?? 0) + size).fill(GUARD);
    return view === undefined ? bytes.buffer : bytes.subarray(view);
  },
  async read(made) {
    return new Uint8Array(made as Uint8Array).slice();
  },
};

export function memoryOn(device: GPUDevice): Memory {
  return {
    make({ size }) {
      const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
      const buffer = device.createBuffer({ size, usage, mappedAtCreation: true });
      new Uint8Array(buffer.getMappedRange()).fill(GUARD);
      buffer.unmap();
      return buffer;
    },
    async read(made) {
      const buffer = made as GPUBuffer;
      const bytes = new Uint8Array(await readBuffer(device, buffer, 0, buffer.size));
      buffer.destroy();
      return bytes;
    },
  };
}
