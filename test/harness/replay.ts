import { elementCount } from '../../src/core/shape';
import { bytesPerElement } from '../../src/core/dtype';
import { readBuffer } from '../../src/backends/gpu/device/read';
import type { FillRequest, PrepareRequest, Sampler } from '../../src/index';

/** How tensors are filled with their key in a buffer. */
export interface Replay {
  /** The key and the first step, decimal. */
  key: string;
  step: string;
  times: number;
  /** The byte at which the key begins in its buffer. */
  keyOffset: number;
  advance?: boolean;
}

/**
 * Prepares tensors one after the other in a buffer, 4 bytes apart from its start, encodes them `times` times into
 * one submit, and returns the bytes of the buffer after each time, and then the four words of key and step.
 */
export async function replayBytes(
  sampler: Sampler,
  tensors: readonly FillRequest[],
  request: Replay,
): Promise<Uint8Array> {
  const device = sampler.device!;
  const [key, step] = [BigInt(request.key), BigInt(request.step)];
  const words = [key, key >> 32n, step, step >> 32n].map((word) => Number(word & 0xffffffffn));
  const create = (size: number): GPUBuffer => device.createBuffer({ size, usage: 0x80 | 0x8 | 0x4 });
  const keys = create(request.keyOffset + 16);
  device.queue.writeBuffer(keys, request.keyOffset, new Uint32Array(words));
  let size = 4;
  const places = tensors.map((each) => {
    const byteOffset = size;
    const count = each.range?.count ?? elementCount(each.shape);
    size += 4 * Math.ceil((count * bytesPerElement(each.dtype ?? 'float32')) / 4);
    return byteOffset;
  });
  const buffer = create(size);
  const kept = create(size * request.times);
  const requests = tensors.map((each, i): PrepareRequest => {
    const { seed: _, ...rest } = each;
    return { ...rest, buffer, byteOffset: places[i] };
  });
  const { keyOffset: byteOffset, advance } = request;
  const prepared = await sampler.prepareAll(requests, {
    keys: { buffer: keys, byteOffset, ...(advance !== undefined && { advance }) },
  });
  const encoder = device.createCommandEncoder();
  for (let time = 0; time < request.times; time++) {
    if (time % 2 === 0) prepared.encode(encoder);
    else {
      const pass = encoder.beginComputePass();
      prepared.encode(pass);
      pass.end();
    }
    encoder.copyBufferToBuffer(buffer, 0, kept, size * time, size);
  }
  device.queue.submit([encoder.finish()]);
  const bytes = [
    new Uint8Array(await readBuffer(device, kept, 0, size * request.times)),
    new Uint8Array(await readBuffer(device, keys, request.keyOffset, 16)),
  ];
  prepared.destroy();
  for (const made of [keys, buffer, kept]) made.destroy();
  const all = new Uint8Array(bytes[0].length + 16);
  all.set(bytes[0]);
  all.set(bytes[1], bytes[0].length);
  return all;
}
