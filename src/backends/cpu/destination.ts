import { bytesPerElement } from '../../core/dtype';
import { ArgumentError, DeviceError, reading, show } from '../../core/errors';
import { byteLengthOf, type Job } from '../../jobs/job';

/** Memory that a job is computed into. */
export interface Destination {
  readonly buffer: ArrayBuffer;
  readonly byteOffset: number;
}

/** What a job says of its memory. */
type Placed = Pick<Job, 'buffer' | 'byteOffset' | 'dtype' | 'range'>;

/**
 * The caller's memory for a job.
 * @throws ArgumentError where the memory is no ArrayBuffer or view, is misaligned, or is too small for the
 *   job
 */
export function destinationOf(job: Placed): Destination {
  return reading('buffer', () => placeIn(job)); // Its class may be the caller's, with getters of its own.
}

function placeIn({ buffer, byteOffset, dtype, range }: Placed): Destination {
  const view = ArrayBuffer.isView(buffer) ? buffer : undefined;
  const memory = view === undefined ? buffer : view.buffer;
  if (!isMemory(memory)) {
    throw new ArgumentError(
      `buffer must be an ArrayBuffer or a view of one for the CPU backend, got ${show(buffer)}`,
    );
  }
  const start = (view === undefined ? 0 : view.byteOffset) + byteOffset;
  const size = bytesPerElement(dtype);
  if (start % size !== 0) {
    throw new ArgumentError(`byteOffset must be a multiple of ${size}, the size of ${dtype}, got ${start}`);
  }
  // A class of the caller's may say more of its view than there is.
  const most = memoryBytes(memory) - start + byteOffset;
  const available = view === undefined ? most : Math.min(view.byteLength, most);
  const needed = byteOffset + range.count * size;
  if (start < byteOffset || needed > available) {
    throw new ArgumentError(
      `buffer must have at least ${needed} bytes for ${range.count} ${dtype} elements at byteOffset ${byteOffset}, got ${available}`,
    );
  }
  return { buffer: memory, byteOffset: start };
}

const byteLength = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength')!.get!;

/** The length of memory, whatever a property of its own says. */
export function memoryBytes(memory: ArrayBuffer): number {
  return byteLength.call(memory) as number;
}

/** Whether a value is an ArrayBuffer, of this or another realm. An object may have its prototype without being one. */
function isMemory(value: unknown): value is ArrayBuffer {
  try {
    byteLength.call(value);
    return true;
  } catch {
    return false;
  }
}

/**
 * New memory for a job.
 * @throws DeviceError where there is not that much memory
 */
export function allocate(job: Job): Destination {
  return { buffer: allocateBytes(byteLengthOf(job), 'the tensor', 'fill ranges of it'), byteOffset: 0 };
}

/**
 * @param what needs the memory, for the message
 * @param remedy what the caller can do about it, for the message
 * @throws DeviceError where there is not that much memory
 */
export function allocateBytes(bytes: number, what: string, remedy: string): ArrayBuffer {
  try {
    return new ArrayBuffer(bytes);
  } catch {
    throw new DeviceError(
      `${what} needs ${bytes} bytes of memory, more than one ArrayBuffer can have here; ${remedy}`,
    );
  }
}

/** The error where the memory of a tensor was taken away. */
export function goneError(label = ''): ArgumentError {
  const what = label === '' ? '' : `${label}: `;
  return new ArgumentError(`${what}buffer must keep its bytes, but it was detached, transferred or shrunk`);
}
