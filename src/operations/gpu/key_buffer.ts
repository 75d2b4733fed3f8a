import { COPY_DST, createFilledBuffer, STORAGE } from '../../backends/gpu/device/buffer';
import type { Owned } from '../../backends/gpu/device/owned';
import type { Key } from '../../streams/key';

/** A buffer with a key: its two words, the lower first. */
export function keyBuffer(device: GPUDevice, key: Key | undefined, owned: Owned): GPUBuffer {
  const words = Uint32Array.of(key?.lo ?? 0, key?.hi ?? 0);
  return createFilledBuffer(device, 'tensorseed key', words, STORAGE | COPY_DST, owned);
}
