import { DoesNotFit } from '../throughput/reasons';

/** What lies in memory: its bytes, in whole words. */
interface Sized {
  readonly bytes: number;
}

/** A piece of memory, and what lies in it. */
export interface Shard<T> {
  readonly bytes: number;
  readonly parts: readonly { readonly of: T; readonly byteOffset: number }[];
}

/** What every device accepts as an offset. */
const ALIGNMENT = 256;

/**
 * Lays parts one after the other into as few pieces of memory as their order allows.
 * @param most bytes of a piece
 * @throws DoesNotFit where one part is larger than that
 */
export function placed<T extends Sized>(parts: readonly T[], most: number): Shard<T>[] {
  const shards: { bytes: number; parts: { of: T; byteOffset: number }[] }[] = [];
  for (const of of parts) {
    if (of.bytes > most)
      throw new DoesNotFit(`it needs a buffer of ${of.bytes} bytes, the device allows ${most}`);
    let shard = shards.at(-1);
    let byteOffset = shard === undefined ? 0 : Math.ceil(shard.bytes / ALIGNMENT) * ALIGNMENT;
    if (shard === undefined || byteOffset + of.bytes > most) {
      shards.push((shard = { bytes: 0, parts: [] }));
      byteOffset = 0;
    }
    shard.parts.push({ of, byteOffset });
    shard.bytes = byteOffset + of.bytes;
  }
  return shards;
}
