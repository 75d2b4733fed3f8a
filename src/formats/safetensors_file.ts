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

/**
 * Fills `bytes` from the file's byte `position` on.
 * @param name the file's name for messages
 * @throws DeviceError where the file ends before `bytes` is full
 */
export async function readExactly(
  file: FileHandle,
  name: string,
  bytes: Uint8Array,
  position: number,
): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, position + done);
    if (bytesRead === 0)
      throw new DeviceError(`${name} ends at byte ${position + done}, while it was being read`);
    done += bytesRead;
  }
}
