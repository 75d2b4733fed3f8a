import { checkName } from './key';

/** The CRC-32 of a name's UTF-8, as `zlib.crc32(name.encode())` of Python gives it. */
export function crc32OfName(name: string): number {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(checkName(name))) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
