import type { Qr } from '../orthogonal/qr';
import { PANELS_AT_HAND, QrPanels, type QrKernels, ROW_BYTES, STRIP } from './qr_panels';

/**
 * So many rows are copied together. Then the rows of the source and the strips of the copy both stay in the
 * cache.
 */
const BLOCK = 32;

/** Elements that are copied between two pauses. */
const ELEMENTS_PER_COPY = 2 ** 18;

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
