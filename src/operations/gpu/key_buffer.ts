import { COPY_DST, STORAGE } from '../../backends/gpu/device/buffer';
import type { Owned } from '../../backends/gpu/device/owned';
import type { Key } from '../../streams/key';

/** A buffer with a key: its two words, the lower first. */
export function keyBuffer(device: GPUDevice, key: Key | undefined, owned: Owned): GPUBuffer {
  const buffer = owned.add(
    device.createBuffer({
      label: 'tensorseed key',
      size: 8,
      usage: STORAGE | COPY_DST,
      mappedAtCreation: true,
    }),
  );
  new Uint32Array(buffer.getMappedRange()).set([key?.lo ?? 0, key?.hi ?? 0]);
  buffer.unmap();
  return buffer;
}
