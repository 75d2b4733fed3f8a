import type { OutputFile } from './output_file';
import { stopwatch } from './stopwatch';

const BUFFER_BYTES = 16 * 2 ** 20;

/** How many seconds it took. Both went on at the same time. */
export interface AppendTimes {
  /** Spent waiting for chunks. */
  readonly chunks: number;
  /** Spent writing. */
  readonly writing: number;
}

/**
 * Appends chunks to a file. Each chunk is copied, so it needs to be valid only until the next one
 * is asked for, and it is written while the next one is made. Small chunks are gathered and written
 * together.
 */
export async function appendChunks(
  file: OutputFile,
  chunks: AsyncIterable<{ readonly bytes: Uint8Array }>,
): Promise<AppendTimes> {
  const writer = new Writer(file);
  let waited = 0;
  const lap = stopwatch();
  try {
    for await (const { bytes } of chunks) {
      waited += lap();
      await writer.append(bytes);
      lap();
    }
    await writer.end();
  } finally {
    await writer.settled();
  }
  return { chunks: waited, writing: writer.seconds };
}

/** Writes one buffer while the other is filled. */
class Writer {
  seconds = 0;
  private filling = new Uint8Array(BUFFER_BYTES);
  private spare = new Uint8Array(BUFFER_BYTES);
  /** How many bytes of `filling` are used. */
  private filled = 0;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly file: OutputFile) {}

  async append(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const part = bytes.subarray(done, done + BUFFER_BYTES - this.filled);
      this.filling.set(part, this.filled);
      this.filled += part.length;
      done += part.length;
      if (this.filled === BUFFER_BYTES) await this.flush();
    }
  }

  async end(): Promise<void> {
    await this.flush();
    await this.writing;
  }

  /** Resolves when nothing is being written any more, also after a fault. */
  async settled(): Promise<void> {
    await this.writing.catch(() => {});
  }

  /** Waits until the other buffer has been written, and begins to write the one that was filled. */
  private async flush(): Promise<void> {
    await this.writing;
    this.writing = this.write(this.filling.subarray(0, this.filled));
    this.writing.catch(() => {}); // whoever awaits it next reports the fault
    [this.filling, this.spare] = [this.spare, this.filling];
    this.filled = 0;
  }

  private async write(bytes: Uint8Array): Promise<void> {
    const lap = stopwatch();
    await this.file.write(bytes);
    this.seconds += lap();
  }
}
