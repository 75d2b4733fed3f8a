import { PANEL } from '../../../jobs/qr_plan';
import { PANELS_AT_HAND, type QrKernels, QrPanels, ROW_BYTES } from './qr_panels';

/** Some panels of a matrix, for a thread that helps with its factorization. */
export class QrPart extends QrPanels {
  /** The place of each panel that is here, counted in panels. */
  private readonly places = new Map<number, number>();
  /** The places of panels that were given away. */
  private readonly free: number[] = [];

  constructor(kernels: QrKernels, rows: number, columns: number) {
    super(kernels, rows, columns, PANELS_AT_HAND);
    this.reserve(this.start);
  }

  protected base(first: number): number {
    return this.start + ROW_BYTES * this.rows * ((PANEL * this.places.get(first)! - first) / 4);
  }

  /**
   * Takes the columns of a panel.
   * @throws RangeError where there is no memory left
   */
  put(first: number, columns: Float64Array): void {
    const place = this.free.pop() ?? this.places.size;
    this.reserve(this.start + 8 * this.rows * PANEL * (place + 1));
    this.places.set(first, place);
    this.panel(first).set(columns);
  }

  /** Gives the columns of a panel away. */
  take(first: number): Float64Array<ArrayBuffer> {
    const columns = new Float64Array(this.panel(first));
    this.free.push(this.places.get(first)!);
    this.places.delete(first);
    return columns;
  }

  /** Factors a panel, and gives V and T. */
  reflect(first: number): Float64Array<ArrayBuffer> {
    this.factor(first, 0, this.width(first));
    return this.reflectors(first);
  }

  /** Turns a panel from V into unit columns, and gives V and T. */
  release(first: number): Float64Array<ArrayBuffer> {
    this.unpack(first);
    return this.reflectors(first);
  }

  /** Applies the reflectors of a panel to panels that are here, and gives the milliseconds that it took. */
  applyTo(panels: readonly number[], first: number, transposed: boolean): number {
    const begun = performance.now();
    for (const panel of panels) this.apply(first, transposed, panel, panel + this.width(panel));
    return performance.now() - begun;
  }
}
