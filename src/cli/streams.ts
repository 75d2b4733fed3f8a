import { readFileSync, readlinkSync } from 'node:fs';
import { onFile } from './faults';

/** Writes to stdout and waits until the system has taken it, so that memory does not fill up. */
export function writeStdout(data: string | Uint8Array): Promise<void> {
  const write = (): Promise<void> =>
    new Promise((resolve, reject) => {
      process.stdout.write(data, (error) => (error ? reject(error) : resolve()));
    });
  return onFile('cannot write to stdout', write);
}

/** A word about progress. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Faults of a stream reach whoever wrote to it; without a listener they would end the process as well. */
export function quietStreams(): void {
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
}

/**
 * Whether stdout was closed when the process began: Node then puts /dev/null there, open for
 * reading too, which a shell's `> /dev/null` is not. Known on Linux only. A program that starts
 * us may have done the same on purpose, so this is for output that nobody would throw away.
 */
export function startedWithoutStdout(): boolean {
  const READ_AND_WRITE = 0o2;
  try {
    if (readlinkSync('/proc/self/fd/1') !== '/dev/null') return false;
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync('/proc/self/fdinfo/1', 'utf8'))?.[1] ?? '0';
    return (Number.parseInt(flags, 8) & READ_AND_WRITE) !== 0;
  } catch {
    return false;
  }
}

/** Whether stdout was closed by its reader, as `| head` does. */
export function isClosedPipe(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'EPIPE';
}
