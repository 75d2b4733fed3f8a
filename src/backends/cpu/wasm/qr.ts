import { PANELS_AT_HAND, QrPanels, type QrKernels, ROW_BYTES, STRIP } from './qr_panels';
import type { Qr } from '../orthogonal/qr';

/**
 * So many rows are copied together. Then the rows of the source and the strips of the copy both stay in the
 * cache.
 */
const BLOCK = 32;

/** Elements that are copied between two pauses. */
const ELEMENTS_PER_COPY = 2 ** 18;

/** A memory that has grown beyond so many bytes is given up after its use. */
const MOST_KEPT = 2 ** 26;

/** Memory for factorizations. It is used again, because fresh pages can cost as much as the arithmetic. */
export class QrMemory {
  private idle: QrKernels | undefined;

  constructor(private readonly module: WebAssembly.Module) {}

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

/** A factorization with the WebAssembly kernels. Its memory has all columns. */
export class FastQr extends QrPanels implements Qr {
  private readonly strips: Float64Array;

  constructor(
    kernels: QrKernels,
    rows: number,
    columns: number,
    shared: boolean,
    readonly close: () => void,
  ) {
    super(kernels, rows, columns, shared ? PANELS_AT_HAND : 1);
    const strips = Math.ceil(columns / STRIP);
    this.reserve(this.start + ROW_BYTES * rows * strips);
    this.strips = this.doubles(this.start, rows * STRIP * strips);
  }

  protected base(): number {
    return this.start;
  }

  async load(matrix: Float32Array, pause: () => Promise<void>): Promise<void> {
    const { rows, columns, strips } = this;
    let copied = 0;
    for (let block = 0; block < rows; block += BLOCK) {
      const end = Math.min(block + BLOCK, rows);
      for (let first = 0; first < columns; first += STRIP) {
        for (let row = block; row < end; row++) {
          for (let c = first; c < first + STRIP; c++)
            strips[this.place(row, c)] = c < columns ? matrix[row * columns + c] : 0;
        }
        copied += STRIP * BLOCK;
        if (copied % ELEMENTS_PER_COPY === 0) await pause();
      }
    }
  }

  element(row: number, column: number): number {
    return this.strips[this.place(row, column)];
  }

  private place(row: number, column: number): number {
    const lane = column % STRIP;
    return (column - lane) * this.rows + STRIP * row + lane;
  }
}
