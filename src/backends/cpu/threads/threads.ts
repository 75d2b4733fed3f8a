import { throwIfAborted } from '../../../core/abort';
import { bytesPerElement, patternsIn } from '../../../core/dtype';
import type { Watch } from '../../../core/watch';
import type { Patterns } from '../computer';
import { ELEMENTS_PER_PIECE, nextTurn } from '../turns';
import type { Stream } from '../wasm/engine';
import { Pool } from './pool';
import type { Thread } from './thread';

/** A thread has so many pieces at a time. So it does not wait while one of them is copied. */
const PIECES_AHEAD = 2;

/** Computes elements on the calling thread and on others. */
export class Threads {
  private readonly pool: Pool;

  /**
   * @param most the number of threads to use at most, the caller's included
   * @param workerUrl the URL of the script of a thread, undefined for the one in the bundle
   * @param fillHere fills a part on the calling thread
   */
  constructor(
    module: WebAssembly.Module,
    private readonly most: number,
    workerUrl: string | undefined,
    private readonly fillHere: (stream: Stream, start: number, out: Patterns, watch: Watch) => Promise<void>,
  ) {
    this.pool = new Pool(module, workerUrl);
  }

  /** How many threads there are, in words. */
  get description(): string {
    const wanted = this.most - 1;
    const { started, alive } = this.pool.count(wanted);
    if (started === 0) return `up to ${this.most} threads`;
    const threads = alive === 0 ? '1 thread' : `${alive + 1} threads`;
    return alive === started ? threads : `${threads}, because workers do not start here`;
  }

  /**
   * Fills `out` with the elements from `start` on. This thread takes pieces as the others do. Each takes the
   * first that is left.
   * @param mayStart says whether threads that are missing may be started
   */
  async fill(
    stream: Stream,
    start: number,
    out: Patterns,
    { signal, onProgress }: Watch,
    mayStart: () => boolean,
  ): Promise<void> {
    const { dtype } = stream;
    const pieces = new Pieces(out);
    const total = out.length;
    const take = (): Piece | undefined => {
      throwIfAborted(signal);
      return pieces.take();
    };
    let computed = 0;
    const finished = (part: Patterns): void => {
      computed += part.length;
      onProgress?.(computed / total);
    };
    const help = async (thread: Thread): Promise<void> => {
      let buffer: ArrayBuffer | undefined = new ArrayBuffer(ELEMENTS_PER_PIECE * bytesPerElement(dtype));
      for (let piece = take(); piece !== undefined; piece = take()) {
        buffer = await thread.compute({ stream, start: start + piece.at, count: piece.part.length, buffer });
        if (buffer === undefined) return pieces.giveBack(piece);
        piece.part.set(patternsIn(dtype, buffer, 0, piece.part.length));
        finished(piece.part);
      }
    };

    const helpers = new Map<Thread, Promise<void>[]>();
    const helping = (): Promise<void>[] => [...helpers.values()].flat();
    const work = async (): Promise<void> => {
      for (let piece = take(); piece !== undefined; piece = take()) {
        for (const thread of mayStart() ? this.ready() : []) {
          if (helpers.has(thread)) continue;
          const helps = Array.from({ length: PIECES_AHEAD }, () => help(thread));
          // A helper that fails ends the work. Its promise is awaited below.
          for (const one of helps) one.catch(() => pieces.clear());
          helpers.set(thread, helps);
        }
        await this.fillHere(stream, start + piece.at, piece.part, { signal });
        finished(piece.part);
        await nextTurn();
      }
    };
    try {
      await work();
      await Promise.all(helping());
      await work(); // Threads that have ended may have given pieces back.
      throwIfAborted(signal);
    } finally {
      // After this nobody writes into `out`. Promise.all does not wait for the others when one of them
      // rejects.
      pieces.clear();
      await Promise.allSettled(helping());
    }
  }

  /** The threads beside this one that are ready. Those that are missing are started, and will be ready later. */
  ready(): readonly Thread[] {
    return this.pool.ready(this.most - 1);
  }

  /** Ends the threads, unless others use them. */
  leave(): void {
    this.pool.leave();
  }
}

interface Piece {
  /** The place of the part in the whole, in elements. */
  readonly at: number;
  readonly part: Patterns;
}

/** The pieces that are not yet computed. */
class Pieces {
  private next = 0;
  private readonly returned: Piece[] = [];

  constructor(private readonly out: Patterns) {}

  take(): Piece | undefined {
    if (this.returned.length > 0) return this.returned.pop();
    if (this.next >= this.out.length) return undefined;
    const at = this.next;
    this.next = Math.min(at + ELEMENTS_PER_PIECE, this.out.length);
    return { at, part: this.out.subarray(at, this.next) };
  }

  giveBack(piece: Piece): void {
    this.returned.push(piece);
  }

  clear(): void {
    this.next = this.out.length;
    this.returned.length = 0;
  }
}
