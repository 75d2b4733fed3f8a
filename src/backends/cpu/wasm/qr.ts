import { FastQr } from './fast_qr';
import type { QrKernels } from './qr_panels';
import type { Factorization } from '../computer';
import { orthonormalize } from '../orthogonal/qr';
import type { Thread } from '../threads/thread';

/** A factorization with fewer multiply-adds, or with fewer columns to deal out, is done by one thread. */
const WORTH_SHARING = 2 ** 28;
const LEAST_SHARED_COLUMNS = 256;

/** A memory that has grown beyond so many bytes is given up after its use. */
const MOST_KEPT = 2 ** 26;

/** Memory for factorizations. It is used again, because fresh pages can cost as much as the arithmetic. */
export class QrMemory {
  private idle: QrKernels | undefined;

  constructor(private readonly module: WebAssembly.Module) {}

  /**
   * @param load gives the matrix
   * @param pause is called and awaited every few milliseconds
   * @param crew gives a function for the threads that may help at present, undefined where none may
   * @returns undefined where the matrix does not fit into a memory of WebAssembly
   */
  async factorization(
    load: () => Promise<Float32Array>,
    rows: number,
    columns: number,
    pause: () => Promise<void>,
    crew: (() => Promise<() => readonly Thread[]>) | undefined,
  ): Promise<Factorization | undefined> {
    const shared =
      crew !== undefined && columns >= LEAST_SHARED_COLUMNS && rows * columns ** 2 >= WORTH_SHARING;
    const qr = await this.open(await load(), rows, columns, pause, shared);
    if (qr === undefined || !shared) return qr && { qr, run: (pause) => orthonormalize(qr, pause) };
    return {
      qr,
      async run(pause, signal) {
        const { orthonormalizeShared } = await import('../threads/shared_qr');
        await orthonormalizeShared(qr, load, { signal, pause, ready: await crew() });
      },
    };
  }

  /**
   * @param pause is called and awaited every few milliseconds
   * @param shared whether other threads will help, with which two panels are at hand at the same time
   * @returns undefined where the matrix does not fit into a memory of WebAssembly
   */
  async open(
    matrix: Float32Array,
    rows: number,
    columns: number,
    pause: () => Promise<void> = async () => undefined,
    shared = false,
  ): Promise<FastQr | undefined> {
    const kernels =
      this.idle ?? ((await WebAssembly.instantiate(this.module)).exports as unknown as QrKernels);
    this.idle = undefined;
    let qr: FastQr;
    try {
      qr = new FastQr(kernels, rows, columns, shared, () => {
        if (kernels.memory.buffer.byteLength <= MOST_KEPT) this.idle = kernels;
      });
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
    await qr.load(matrix, pause);
    return qr;
  }

  clear(): void {
    this.idle = undefined;
  }
}
