import type { OutputFile } from './output_file';
import { stopwatch } from './stopwatch';

const BUFFER_BYTES = 16 * 2 ** 20;

/** How long it took, in seconds; both go on at the same time. */
export interface AppendTimes {
  /** Waiting for chunks. */
  readonly chunks: number;
  /** Writing. */
  readonly writing: number;
}

/**
 * Appends chunks to a file. Each needs to be valid only until the next is asked for: it is copied, and written
 * while the next is made. Small chunks are gathered and written together.
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
  /** Bytes in the buffer that is filled. */
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

  /** Begins to write the buffer that was filled, once the other one has been written. */
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
