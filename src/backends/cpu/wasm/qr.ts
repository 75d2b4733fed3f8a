import { PANEL } from '../../../jobs/qr_plan';
import type { Qr } from '../orthogonal/qr';

/** What ./assembly exports for factorizations. Addresses are in bytes. */
interface Kernels {
  readonly memory: WebAssembly.Memory;
  readonly QR_MEMORY: WebAssembly.Global;
  factor(
    matrix: number,
    rows: number,
    first: number,
    columns: number,
    v: number,
    t: number,
    begin: number,
    end: number,
  ): void;
  apply(
    matrix: number,
    rows: number,
    first: number,
    v: number,
    t: number,
    transposed: boolean,
    begin: number,
    end: number,
    w: number,
  ): void;
  unpack(matrix: number, rows: number, first: number, columns: number, v: number): void;
}

/** The columns of a strip, and the bytes of a row in it. */
const STRIP = 4;
const ROW_BYTES = 32;

/**
 * So many rows are copied together. Then the rows of the source and the strips of the copy both stay in the
 * cache.
 */
const BLOCK = 32;

/** Elements that are copied between two pauses. */
const ELEMENTS_PER_COPY = 2 ** 18;

const PAGE = 2 ** 16;

/** A memory that has grown beyond so many bytes is given up after its use. */
const MOST_KEPT = 2 ** 26;

/** Memory for factorizations. It is used again, because fresh pages can cost as much as the arithmetic. */
export class QrMemory {
  private idle: Kernels | undefined;

  constructor(private readonly module: WebAssembly.Module) {}

  /**
   * @param pause is called and awaited every few milliseconds
   * @returns undefined where the matrix does not fit into a memory of WebAssembly
   */
  async open(
    matrix: Float32Array,
    rows: number,
    columns: number,
    pause: () => Promise<void> = async () => undefined,
  ): Promise<FastQr | undefined> {
    const kernels = this.idle ?? ((await WebAssembly.instantiate(this.module)).exports as unknown as Kernels);
    this.idle = undefined;
    let qr: FastQr;
    try {
      qr = new FastQr(kernels, rows, columns, () => {
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

/** A factorization with the WebAssembly kernels. */
class FastQr implements Qr {
  private readonly a: number;
  private readonly v: number;
  private readonly triangles: number;
  private readonly w: number;
  private readonly strips: Float64Array;

  constructor(
    private readonly kernels: Kernels,
    readonly rows: number,
    readonly columns: number,
    readonly close: () => void,
  ) {
    const { memory, QR_MEMORY } = kernels;
    const strips = Math.ceil(columns / STRIP);
    this.a = QR_MEMORY.value as number;
    this.v = this.a + ROW_BYTES * rows * strips;
    this.triangles = this.v + 8 * PANEL * rows;
    this.w = this.triangles + 8 * PANEL * PANEL * Math.ceil(columns / PANEL);
    const end = this.w + 8 * PANEL * STRIP * strips;
    memory.grow(Math.max(0, Math.ceil((end - memory.buffer.byteLength) / PAGE)));
    this.strips = new Float64Array(memory.buffer, this.a, rows * STRIP * strips);
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

  factor(first: number, begin: number, end: number): void {
    const { kernels, a, rows, columns, v } = this;
    kernels.factor(a, rows, first, columns, v, this.triangle(first), begin, end);
  }

  apply(first: number, transposed: boolean, begin: number, end: number): void {
    const { kernels, a, rows, v, w } = this;
    kernels.apply(
      a,
      rows,
      first,
      v,
      this.triangle(first),
      transposed,
      begin / STRIP,
      Math.ceil(end / STRIP),
      w,
    );
  }

  unpack(first: number): void {
    this.kernels.unpack(this.a, this.rows, first, this.columns, this.v);
  }

  private triangle(first: number): number {
    return this.triangles + 8 * PANEL * first;
  }
}
