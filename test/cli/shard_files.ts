import { createHash } from 'node:crypto';

/** A safetensors file that is taken apart. */
export interface Parts {
  /** Without keys such as `__proto__`. */
  readonly header: Record<string, any>;
  /** The header's metadata. */
  readonly metadata: Record<string, any>;
  readonly data: Buffer;
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export function apart(file: Buffer): Parts {
  const begin = 8 + Number(file.readBigUInt64LE());
  const header = JSON.parse(file.toString('utf8', 8, begin));
  return { header, metadata: header.__metadata__, data: file.subarray(begin) };
}

/** The bytes before the data. */
export function headerBytes(json: string): Buffer {
  const text = Buffer.from(json);
  const bytes = Buffer.alloc(8 + Math.ceil(text.length / 8) * 8, ' ');
  bytes.writeBigUInt64LE(BigInt(bytes.length - 8));
  text.copy(bytes, 8);
  return bytes;
}

/** The checksum that docs/shards.md defines for a header, whatever its own says. */
export function headerChecksum(header: Record<string, any>): string {
  const blank = { ...header.__metadata__, 'tensorseed.header_sha256': '0'.repeat(64) };
  return sha256(headerBytes(JSON.stringify({ ...header, __metadata__: blank })));
}

/** The file with another header, whose checksum is right. */
export function resealed({ header, data }: Parts): Buffer {
  header.__metadata__['tensorseed.header_sha256'] = headerChecksum(header);
  return Buffer.concat([headerBytes(JSON.stringify(header)), data]);
}

/** The same shard as releases wrote it that knew no checksums. */
export function older(file: Buffer): Buffer {
  const { header, data } = apart(file);
  return Buffer.concat([headerBytes(JSON.stringify({ ...header, __metadata__: { format: 'pt' } })), data]);
}

/** The file with one bit flipped, counted from its end where `at` is negative. */
export function flipped(file: Buffer, at: number, bit = 0): Buffer {
  const copy = Buffer.from(file);
  copy[at < 0 ? copy.length + at : at] ^= 1 << bit;
  return copy;
}
