import type { Tensor } from '../../src/index';

/** The bytes of a tensor on the host, as a copy. */
export async function bytesOf(tensor: Tensor): Promise<Uint8Array<ArrayBuffer>> {
  const data = await tensor.data();
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
}
