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

/** Whether stdout was closed by its reader, as `| head` does. */
export function isClosedPipe(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'EPIPE';
}
