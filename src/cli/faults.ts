import { ArgumentError } from '../core/errors';
import { printable } from '../text/printable';

/** Codes of a path that cannot be right, as against a disk that is full or a right that is missing. */
const WRONG_PATH = ['ENOENT', 'ENOTDIR', 'EISDIR', 'EEXIST', 'ELOOP', 'ENAMETOOLONG', 'EINVAL'];

/**
 * Runs an operation on files; a fault of the system's becomes one line that says what was tried.
 * @param what such as `cannot write out/model.safetensors`
 */
export async function onFile<T>(what: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    // A closed pipe is no fault: see isClosedPipe.
    if (syscall === undefined || code === undefined || code === 'EPIPE') throw error;
    // Node's message is "CODE: reason, syscall 'path'".
    const reason = /^[A-Z0-9]+: ([^,]+)/.exec(message)?.[1] ?? code;
    const line = `${what}: ${reason}`;
    throw WRONG_PATH.includes(code) ? new ArgumentError(line) : new Error(line);
  }
}

/** An error's message on one line, without characters that would drive a terminal. */
export function oneLine(error: unknown): string {
  return printable((error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ').trim());
}

/** The library names its options in camelCase; configurations, which are all that a user gives here, are Keras's. */
export function asConfigured(message: string): string {
  return message.replace(/\b(in|out)putAxes(?= must)/g, '$1put_axes');
}
