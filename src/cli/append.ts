import { stopwatch } from './stopwatch';

const BUFFER_BYTES = 16 * 2 ** 20;

/** Where bytes are appended. They may change when the promise is fulfilled. */
export interface Destination {
  write(bytes: Uint8Array): Promise<void>;
}

/** For what it waited, in seconds. Together they are the time that it took. */
export interface AppendTimes {
  /** For chunks, while others were written. */
  readonly chunks: number;
  /** For the file, and for copies of the chunks. */
  readonly file: number;
}

/**
 * Appends chunks to a file, or to stdout. Each chunk is copied, so it needs to be valid only until the next one
 * is asked for, and it is written while the next one is made. Small chunks are gathered and written
 * together.
 */
export async function appendChunks(
  file: Destination,
  chunks: AsyncIterable<{ readonly bytes: Uint8Array }>,
): Promise<AppendTimes> {
  const writer = new Writer(file);
  const waited = { chunks: 0, file: 0 };
  const lap = stopwatch();
  try {
    for await (const { bytes } of chunks) {
      waited.chunks += lap();
      await writer.append(bytes);
      waited.file += lap();
    }
    waited.chunks += lap();
    await writer.end();
    waited.file += lap();
  } finally {
    await writer.settled();
  }
  return waited;
}

/** Writes one buffer while the other is filled. */
class Writer {
  private filling = new Uint8Array(BUFFER_BYTES);
  private spare = new Uint8Array(BUFFER_BYTES);
  /** How many bytes of `filling` are used. */
  private filled = 0;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly file: Destination) {}

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
    this.writing = this.file.write(this.filling.subarray(0, this.filled));
    this.writing.catch(() => {}); // whoever awaits it next reports the fault
    [this.filling, this.spare] = [this.spare, this.filling];
    this.filled = 0;
  }
}
