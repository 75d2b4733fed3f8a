import { throwIfAborted } from '../../../core/abort';
import { bytesPerElement, patternsIn } from '../../../core/dtype';
import { processors } from '../../../core/platform';
import type { Watch } from '../../../core/watch';
import type { Computer, Elements, Patterns } from '../computer';
import type { Qr } from '../orthogonal/qr';
import { REFERENCE } from '../reference/reference';
import { ELEMENTS_PER_PIECE, inTurns, nextTurn } from '../turns';
import { type Engine, isFast, type Stream } from '../wasm/engine';
import { compileKernels } from '../wasm/kernels';
import { Pool } from './pool';
import { QrMemory } from '../wasm/qr';
import type { Thread } from './thread';

/** The calling thread copies what the others compute, and more of them would wait for it. */
const MOST_THREADS = 8;

/** Fewer elements are computed before a thread has started. */
const WORTH_THREADS = 2 ** 20;

/** The first part has so many. With 64 attempts for each element they take some 20 ms. */
const LEAST_ELEMENTS = 2 ** 15;

/** A thread has so many pieces at a time. So it does not wait while one of them is copied. */
const PIECES_AHEAD = 2;

/**
 * Computes with WebAssembly and its SIMD, on several threads. The reference computes what has no kernel
 * there.
 */
export class Fast implements Computer {
  private readonly pool: Pool;
  private readonly qrMemory: QrMemory;

  private constructor(
    private readonly engine: Engine,
    module: WebAssembly.Module,
    private readonly threads: number,
  ) {
    this.pool = new Pool(module);
    this.qrMemory = new QrMemory(module);
  }

  /**
   * @param threads to use at most, this one included. Default: as many as there are processors, but at most 8
   * @returns undefined where WebAssembly or its SIMD is missing
   */
  static async open(threads?: number): Promise<Fast | undefined> {
    const compiled = await compileKernels();
    if (compiled === undefined) return undefined;
    const most = threads === undefined ? Math.min(await processors(), MOST_THREADS) : threads;
    return new Fast(compiled.engine, compiled.module, most);
  }

  get description(): string {
    return `WebAssembly SIMD, ${this.threads === 1 ? '1 thread' : `${this.threads} threads`}`;
  }

  fill(elements: Elements, start: number, out: Patterns, watch: Watch): Promise<void> {
    if (!isFast(elements)) return REFERENCE.fill(elements, start, out, watch);
    if (this.threads === 1 || out.length < WORTH_THREADS) {
      return this.fillHere(elements, start, out, watch);
    }
    return this.fillOnThreads(elements, start, out, watch);
  }

  private fillHere(stream: Stream, start: number, out: Patterns, watch: Watch): Promise<void> {
    return inTurns(out, LEAST_ELEMENTS, watch, (at, part) => this.engine.fill(stream, start + at, part));
  }

  /** This thread takes pieces as the others do. Each takes the first that is left. */
  private async fillOnThreads(
    { params, key, dtype }: Stream,
    start: number,
    out: Patterns,
    { signal, onProgress }: Watch,
  ): Promise<void> {
    const stream: Stream = { params, key: { lo: key.lo, hi: key.hi }, dtype };
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
    const { left } = this.pool;
    const helping = (): Promise<void>[] => [...helpers.values()].flat();
    const work = async (): Promise<void> => {
      for (let piece = take(); piece !== undefined; piece = take()) {
        for (const thread of this.pool.left === left ? this.pool.ready(this.threads - 1) : []) {
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

  async qr(matrix: Float32Array, rows: number, columns: number, pause: () => Promise<void>): Promise<Qr> {
    const qr = await this.qrMemory.open(matrix, rows, columns, pause);
    return qr ?? REFERENCE.qr(matrix, rows, columns, pause);
  }

  destroy(): void {
    this.pool.leave();
    this.qrMemory.clear();
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
