import { onFile } from './faults';

/** Writes to stdout and waits until the system has taken it, so that memory does not fill up. */
export function writeStdout(data: string | Uint8Array): Promise<void> {
  const write = (): Promise<void> =>
    new Promise((resolve, reject) => {
      process.stdout.write(data, (error) => (error ? reject(error) : resolve()));
    });
  return onFile('cannot write to stdout', write);
}

/** Writes a line to stderr. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/**
 * Keeps faults of a stream from ending the process. They still reach whoever wrote to the stream.
 */
export function quietStreams(): void {
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
}

/** Whether the reader of stdout closed it, as `| head` does. */
export function isClosedPipe(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'EPIPE';
}
