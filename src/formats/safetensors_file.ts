import type { FileHandle } from 'node:fs/promises';
import { DeviceError } from '../core/errors';
import { headerLength, parseHeader, type SafetensorsHeader } from './safetensors_header';

/**
 * Reads and checks the header of an open file. Nothing else of the file is read.
 * @param name the file's name for messages
 * @throws ArgumentError where the file is no well-formed safetensors file
 */
export async function readSafetensorsHeader(file: FileHandle, name: string): Promise<SafetensorsHeader> {
  const fileBytes = (await file.stat()).size;
  const first = new Uint8Array(Math.min(8, fileBytes));
  await readExactly(file, name, first, 0);
  const json = new Uint8Array(headerLength(name, first, fileBytes));
  await readExactly(file, name, json, 8);
  return parseHeader(name, json, fileBytes);
}

/** Reads of at most a quarter of this that follow one another are made together. */
const WINDOW_BYTES = 2 ** 20;

/** Bytes of a file that were read last. */
interface Window {
  readonly begin: number;
  readonly bytes: Uint8Array;
}

const windows = new WeakMap<FileHandle, Window>();

/**
 * Fills `bytes` from the file's byte `position` on. Where small reads follow one another, as those of many small
 * tensors do, more of the file is read at once. So the file must not change while it is open.
 * @param name the file's name for messages
 * @throws DeviceError where the file ends before `bytes` is full
 */
export async function readExactly(
  file: FileHandle,
  name: string,
  bytes: Uint8Array,
  position: number,
): Promise<void> {
  if (bytes.length > WINDOW_BYTES / 4) {
    check(name, bytes, position, await read(file, bytes, position));
    return;
  }
  const last = windows.get(file);
  const offset = last === undefined ? -1 : position - last.begin;
  let window = last;
  if (last === undefined || offset < 0 || offset + bytes.length > last.bytes.length) {
    const follows = last !== undefined && offset >= 0 && offset <= last.bytes.length;
    const ahead = new Uint8Array(follows ? WINDOW_BYTES : bytes.length);
    window = { begin: position, bytes: ahead.subarray(0, await read(file, ahead, position)) };
    windows.set(file, window);
  }
  const found = window!.bytes.subarray(position - window!.begin).subarray(0, bytes.length);
  bytes.set(found);
  check(name, bytes, position, found.length);
}

/** Reads until `bytes` is full or the file ends, and returns how many bytes that were. */
async function read(file: FileHandle, bytes: Uint8Array, position: number): Promise<number> {
  for (let done = 0; ;) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, position + done);
    done += bytesRead;
    if (bytesRead === 0 || done === bytes.length) return done;
  }
}

/** @throws DeviceError where only `done` bytes were read */
function check(name: string, bytes: Uint8Array, position: number, done: number): void {
  if (done < bytes.length)
    throw new DeviceError(`${name} ends at byte ${position + done}, while it was being read`);
}
