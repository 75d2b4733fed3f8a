/** The bytes of a file, of which only what is needed is read. */
export interface ByteSource {
  readonly byteLength: number;
  /** The bytes from `start` on, as many as `length` says. They lie within the source. */
  read(start: number, length: number): Uint8Array;
}

export function sourceOf(bytes: Uint8Array): ByteSource {
  return { byteLength: bytes.length, read: (start, length) => bytes.subarray(start, start + length) };
}

/** A part of a source, which lies within it. */
export function partOf(source: ByteSource, begin: number, byteLength: number): ByteSource {
  return { byteLength, read: (start, length) => source.read(begin + start, length) };
}
