import { PANEL } from '../../../jobs/qr_plan';

/** What ./assembly exports for factorizations. Addresses are in bytes. */
export interface QrKernels {
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
export const STRIP = 4;
export const ROW_BYTES = 32;

/** Where several threads share a matrix: the panel that is being applied, and the next. */
export const PANELS_AT_HAND = 2;

const PAGE = 2 ** 16;

/**
 * The panels of a matrix in one memory, with the kernels that work on them. A panel is named by its first
 * column. The memory has V of the panels at hand, T of all panels, W, and then columns.
 */
export abstract class QrPanels {
  private readonly v: number;
  private readonly triangles: number;
  private readonly w: number;
  /** Where columns may begin. */
  protected readonly start: number;

  constructor(
    private readonly kernels: QrKernels,
    readonly rows: number,
    readonly columns: number,
    /** The number of panels whose V is kept, which are neighbours. */
    private readonly atHand: number,
  ) {
    this.v = kernels.QR_MEMORY.value as number;
    this.triangles = this.v + atHand * 8 * PANEL * rows;
    this.w = this.triangles + 8 * PANEL * PANEL * Math.ceil(columns / PANEL);
    this.start = this.w + 8 * PANEL * STRIP * Math.ceil(columns / STRIP);
  }

  /** The address of the matrix, if all of it lay in one piece with a panel that is here. It may be negative. */
  protected abstract base(first: number): number;

  /** @throws RangeError where the memory cannot reach so far */
  protected reserve(end: number): void {
    const { memory } = this.kernels;
    memory.grow(Math.max(0, Math.ceil((end - memory.buffer.byteLength) / PAGE)));
  }

  protected doubles(address: number, count: number): Float64Array {
    return new Float64Array(this.kernels.memory.buffer, address, count);
  }

  /** @see Qr */
  factor(first: number, begin: number, end: number): void {
    const { kernels, rows, columns } = this;
    kernels.factor(
      this.base(first),
      rows,
      first,
      columns,
      this.reflectorsAt(first),
      this.triangle(first),
      begin,
      end,
    );
  }

  /** @see Qr. The columns are all here, and where the panels are apart they are of one panel. */
  apply(first: number, transposed: boolean, begin: number, end: number): void {
    this.kernels.apply(
      this.base(begin - (begin % PANEL)),
      this.rows,
      first,
      this.reflectorsAt(first),
      this.triangle(first),
      transposed,
      begin / STRIP,
      Math.ceil(end / STRIP),
      this.w,
    );
  }

  /** @see Qr */
  unpack(first: number): void {
    this.kernels.unpack(this.base(first), this.rows, first, this.columns, this.reflectorsAt(first));
  }

  /** A copy of V and T of a panel at hand. */
  reflectors(first: number): Float64Array<ArrayBuffer> {
    const [v, t] = this.views(first);
    const copy = new Float64Array(v.length + t.length);
    copy.set(v);
    copy.set(t, v.length);
    return copy;
  }

  /** Puts V and T of a panel in their place. */
  setReflectors(first: number, reflectors: Float64Array): void {
    const [v, t] = this.views(first);
    v.set(reflectors.subarray(0, v.length));
    t.set(reflectors.subarray(v.length));
  }

  private views(first: number): [v: Float64Array, t: Float64Array] {
    return [
      this.doubles(this.reflectorsAt(first), PANEL * (this.rows - first)),
      this.doubles(this.triangle(first), PANEL * PANEL),
    ];
  }

  /** The number of columns of a panel. */
  width(first: number): number {
    return Math.min(PANEL, this.columns - first);
  }

  /** The columns of a panel, in strips, which are valid until the memory grows. */
  panel(first: number): Float64Array {
    const strips = Math.ceil(this.width(first) / STRIP);
    const address = this.base(first) + ROW_BYTES * this.rows * (first / STRIP);
    return this.doubles(address, this.rows * STRIP * strips);
  }

  private reflectorsAt(first: number): number {
    return this.v + ((first / PANEL) % this.atHand) * 8 * PANEL * this.rows;
  }

  private triangle(first: number): number {
    return this.triangles + 8 * PANEL * first;
  }
}
