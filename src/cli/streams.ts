import { fstatSync, writeSync } from 'node:fs';
import { isStdoutClosed } from './closed_stdout';
import { onFile } from './faults';

/** Writes to stdout and waits until the system has taken all of it, so that memory does not fill up. */
export async function writeStdout(data: string | Uint8Array): Promise<void> {
  checkStdout();
  await onFile('cannot write to stdout', async () => {
    if (fstatSync(1).isFile()) writeFile(typeof data === 'string' ? Buffer.from(data) : data);
    else await writeStream(data);
  });
}

/** @throws Error where stdout is closed, so that what is written to it would be lost */
export function checkStdout(): void {
  if (isStdoutClosed())
    throw new Error(
      'cannot write to stdout: it is closed; to discard the output, open /dev/null for writing',
    );
}

/** Node's stream for a file passes over that a full disk may take a part of the bytes. */
function writeFile(bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(1, bytes, done);
}

function writeStream(data: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(data, (error) => (error ? reject(error) : resolve()));
  });
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
