import { throwIfAborted } from '../../core/abort';
import type { Watch } from '../../core/watch';
import { byteLengthOf, type Job, type Stretch } from '../../jobs/job';
import { largestBatch, pack, type Slice } from '../../jobs/pack';
import type { Chunk } from '../backend';
import type { Computer } from './computer';
import { allocateBytes } from './destination';
import { fillStretch } from './fill';
import type { Source } from './source';
import { openSource } from './sources';
import { pause } from './turns';

/**
 * The elements of jobs, slice after slice. The bytes of a slice are valid until the next one is asked for. While they
 * are used, the next slice is computed, in memory of its own.
 */
export async function* streamFromMemory(
  computer: Computer,
  jobs: readonly Job[],
  batchBytes: number,
  watch: Watch,
): AsyncGenerator<Chunk> {
  const slices = new Slices(computer, jobs, batchBytes, watch);
  try {
    let coming = slices.next();
    for (let chunk = await coming; chunk !== undefined; chunk = await coming) {
      throwIfAborted(watch.signal);
      coming = slices.next();
      coming.catch(() => {}); // It is awaited when the next slice is asked for.
      yield chunk;
    }
  } finally {
    await slices.close();
  }
}

/** Computes one slice of jobs after the other, by turns in two memories. */
class Slices {
  private readonly slices: Iterator<Slice>;
  private readonly bytes: number;
  private readonly watch: Watch;
  /** The memory of the slice before, and that of the next one. */
  private memories: (ArrayBuffer | undefined)[];
  private current: { readonly index: number; readonly sources: Sources } | undefined;
  private computing: Promise<unknown> = Promise.resolve();
  private closed = false;

  constructor(
    private readonly computer: Computer,
    private readonly jobs: readonly Job[],
    batchBytes: number,
    { signal, onProgress }: Watch,
  ) {
    this.slices = slicesOf(pack(jobs, batchBytes));
    this.bytes = largestBatch(jobs, batchBytes);
    this.memories = [undefined, this.allocate()];
    this.watch = { signal: abortedToo(signal, () => this.closed), onProgress };
  }

  /** Computes the next slice, once the one before it is computed; undefined where there is none. */
  next(): Promise<Chunk | undefined> {
    const computing = this.compute();
    this.computing = computing;
    return computing;
  }

  private async compute(): Promise<Chunk | undefined> {
    const { value: slice, done } = this.slices.next();
    if (done) return undefined;
    const { job, index } = slice;
    const { signal } = this.watch;
    await pause(signal);
    throwIfAborted(signal);
    if (this.current?.index !== index) {
      this.current?.sources.close();
      this.current = { index, sources: new Sources(this.computer, this.jobs[index], this.watch) };
    }
    const memory = this.nextMemory();
    for (const stretch of job.stretches) {
      const source = await this.current.sources.of(stretch);
      await fillStretch(source, job, stretch, memory, { signal });
    }
    return {
      index,
      start: job.range.start,
      bytes: new Uint8Array(memory, job.byteOffset, byteLengthOf(job)),
    };
  }

  private nextMemory(): ArrayBuffer {
    const [before, next] = this.memories;
    // Who got the slice that was in it may have transferred it to another thread.
    const memory = next === undefined || next.byteLength === 0 ? this.allocate() : next;
    this.memories = [memory, before];
    return memory;
  }

  private allocate(): ArrayBuffer {
    return allocateBytes(this.bytes, 'a chunk', 'take a smaller chunkBytes');
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.closed = true;
    await this.computing.catch(() => {});
    this.current?.sources.close();
  }
}

function* slicesOf(batches: Iterable<readonly Slice[]>): Generator<Slice> {
  for (const batch of batches) yield* batch;
}

/**
 * What is aborted where a signal is, and also where `stopped` says so. Nothing listens to it, and it does not listen to
 * the signal, which may live long and would keep it.
 */
function abortedToo(signal: AbortSignal | undefined, stopped: () => boolean): AbortSignal {
  const both: Pick<AbortSignal, 'aborted' | 'reason'> = {
    get aborted() {
      return stopped() || signal?.aborted === true;
    },
    get reason() {
      return signal?.aborted ? signal.reason : STOPPED;
    },
  };
  return both as AbortSignal;
}

const STOPPED = new Error('stopped');

/** The sources of the stretches of one job that is streamed. Each is opened once. */
class Sources {
  private readonly opened = new Map<Stretch['params'], Source>();

  constructor(
    private readonly computer: Computer,
    private readonly job: Job,
    private readonly watch: Watch,
  ) {}

  async of(stretch: Stretch): Promise<Source> {
    let source = this.opened.get(stretch.params);
    if (source === undefined) {
      source = await openSource(this.computer, this.job, stretch, this.watch);
      this.opened.set(stretch.params, source);
    }
    return source;
  }

  close(): void {
    for (const source of this.opened.values()) source.close();
  }
}
