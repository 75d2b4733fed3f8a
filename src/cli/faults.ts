import { ArgumentError } from '../core/errors';
import { printable } from '../text/printable';

/** Error codes that mean a wrong path, and not a full disk or a missing permission. */
const WRONG_PATH = ['ENOENT', 'ENOTDIR', 'EISDIR', 'EEXIST', 'ELOOP', 'ENAMETOOLONG', 'EINVAL'];

/**
 * Runs an operation on files. An error of the operating system becomes one line that says what was
 * tried.
 * @param what such as `cannot write out/model.safetensors`
 */
export async function onFile<T>(what: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    // A closed pipe is not a fault: see isClosedPipe.
    if (syscall === undefined || code === undefined || code === 'EPIPE') throw error;
    // Node's message is "CODE: reason, syscall 'path'".
    const reason = /^[A-Z0-9]+: ([^,]+)/.exec(message)?.[1] ?? code;
    const line = `${what}: ${reason}`;
    throw WRONG_PATH.includes(code) ? new ArgumentError(line) : new Error(line);
  }
}

/** Returns an error's message on one line, without characters that would control a terminal. */
export function oneLine(error: unknown): string {
  return printable((error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ').trim());
}

/**
 * Returns an error's message with the names of options as configurations spell them. The library's
 * own names are in camelCase, but whoever uses the command line writes configurations only.
 */
export function asConfigured(message: string): string {
  return message.replace(/\b(in|out)putAxes(?= must)/g, '$1put_axes');
}
