import { PANEL } from '../../../jobs/qr_plan';
import { PANELS_AT_HAND, type QrKernels, QrPanels, ROW_BYTES } from './qr_panels';

/** Some panels of a matrix, for a thread that helps with its factorization. */
export class QrPart extends QrPanels {
  /** The place of each panel that is here, counted in panels. */
  private readonly places = new Map<number, number>();

  constructor(kernels: QrKernels, rows: number, columns: number) {
    super(kernels, rows, columns, PANELS_AT_HAND);
    this.reserve(this.start);
  }

  protected base(first: number): number {
    return this.start + ROW_BYTES * this.rows * ((PANEL * this.places.get(first)! - first) / 4);
  }

  /** @throws RangeError where there is no memory left */
  put(first: number, columns: Float64Array): void {
    const taken = new Set(this.places.values());
    let place = 0;
    while (taken.has(place)) place++;
    this.reserve(this.start + 8 * this.rows * PANEL * (place + 1));
    this.places.set(first, place);
    this.setPanelColumns(first, columns);
  }

  take(first: number): Float64Array<ArrayBuffer> {
    const columns = this.panelColumns(first);
    this.places.delete(first);
    return columns;
  }
}
