import { ArgumentError, reading, show } from '../core/errors';
import { clip } from '../text/clip';

/**
 * The bytes of an ArrayBuffer or a view; undefined for anything else. Memory that threads share is copied.
 * @param what names the bytes in messages
 * @throws ArgumentError where the buffer is detached
 */
export function bytesOf(what: string, source: unknown): Uint8Array | undefined {
  const isView = ArrayBuffer.isView(source);
  if (!isView && !reading(what, () => isBuffer(source))) return undefined;
  try {
    const bytes = isView
      ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
      : new Uint8Array(source as ArrayBuffer);
    return bytes.buffer instanceof ArrayBuffer ? bytes : bytes.slice();
  } catch {
    throw new ArgumentError(`${what} must be bytes, got a buffer that is detached`);
  }
}

function isBuffer(value: unknown): value is ArrayBuffer {
  const isShared = typeof SharedArrayBuffer !== 'undefined' && value instanceof SharedArrayBuffer;
  return isShared || value instanceof ArrayBuffer;
}

/**
 * Bytes that a caller passes.
 * @throws ArgumentError for anything else than an ArrayBuffer or a view
 */
export function checkBytes(what: string, source: unknown): Uint8Array {
  const bytes = bytesOf(what, source);
  if (bytes === undefined) throw new ArgumentError(`${what} must be a Uint8Array, got ${show(source)}`);
  return bytes;
}

/**
 * The name of a file as messages show it.
 * @throws ArgumentError unless it is a string
 */
export function checkFileName(file: unknown): string {
  if (typeof file !== 'string') throw new ArgumentError(`file must be a file's name, got ${show(file)}`);
  return clip(file, 200);
}
