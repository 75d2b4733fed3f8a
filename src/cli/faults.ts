import { ArgumentError } from '../core/errors';
import { clip } from '../text/clip';
import { printable } from '../text/printable';

/** The most characters of what was tried, which has a path in it. */
const MAX_WHAT = 300;

/** Error codes that mean a wrong path, and not a full disk or a missing permission. */
const WRONG_PATH = ['ENOENT', 'ENOTDIR', 'EISDIR', 'EEXIST', 'ELOOP', 'ENAMETOOLONG', 'EINVAL', 'ENXIO'];

/**
 * Opens or makes a file by its path. An error of the operating system becomes one line that says what
 * was tried.
 * @param what such as `cannot write out/model.safetensors`
 * @throws ArgumentError where the path is wrong, and else Error
 */
export function onPath<T>(what: string, operation: () => Promise<T>): Promise<T> {
  return inOneLine(what, operation, (code) => WRONG_PATH.includes(code));
}

/**
 * Works on a file that has been opened. An error of the operating system becomes one line that says
 * what was tried. It is a fault while running, even where the file or its folder is gone.
 * @param what such as `cannot write out/model.safetensors`
 */
export function onFile<T>(what: string, operation: () => Promise<T>): Promise<T> {
  return inOneLine(what, operation, () => false);
}

async function inOneLine<T>(
  what: string,
  operation: () => Promise<T>,
  isArgument: (code: string) => boolean,
): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    // A closed pipe is not a fault: see isClosedPipe.
    if (syscall === undefined || code === undefined || code === 'EPIPE') throw error;
    // Node's message is "CODE: reason, syscall 'path'".
    const reason = /^[A-Z0-9]+: ([^,]+)/.exec(message)?.[1] ?? code;
    const line = `${clip(what, MAX_WHAT)}: ${reason}`;
    throw isArgument(code) ? new ArgumentError(line) : new Error(line);
  }
}

/** Returns an error's message on one line, without characters that would control a terminal. */
export function oneLine(error: unknown): string {
  return printable((error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ').trim());
}

/**
 * Returns a message with the names of options as configurations and command lines spell them. The
 * library's own names are in camelCase, and are those of a program.
 */
export function asConfigured(message: string): string {
  return message
    .replace(/\b(in|out)putAxes(?= must)/g, '$1put_axes')
    .replace(/seeds: 'configured'/g, '--config-seeds')
    .replace(
      /options\.customLayers\[(.*?)\] can give its weights and output shape/,
      (_, name: string) =>
        `give --custom-layer ${asWord(name)} if it has no weights, or --plugin FILE.mjs whose customLayers describe it`,
    )
    .replace(
      /options\.customInitializers\[.*?\] can stand for it/,
      'give --plugin FILE.mjs whose customInitializers describe it',
    );
}

/** The name of a class, which is shown as JSON, as a word for any shell; NAME for one with characters that it may read. */
function asWord(shown: string): string {
  if (/^"\w[\w.-]*"$/.test(shown)) return shown.slice(1, -1);
  return /^"\w[\w.> -]*"$/.test(shown) ? shown : 'NAME';
}
