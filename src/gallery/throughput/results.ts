import { copyButton } from '../controls';
import { element, fill } from '../dom';
import { grouped } from '../../text/numbers';
import { binaryBytes, gigabytes, milliseconds } from '../numbers';
import type { Point, Timing } from './measure';

const COLUMNS = ['elements', 'size', 'GPU', 'GPU GB/s', 'CPU', 'CPU GB/s', 'GPU against CPU'];

/** A table of the points, which can be read without the chart, and copied. */
export class ResultsTable {
  readonly root: HTMLElement;
  private readonly body = element('tbody');
  private readonly rows: string[][] = [];

  constructor() {
    const head = element(
      'tr',
      {},
      ...COLUMNS.map((column) => element('th', { scope: 'col', class: 'right' }, column)),
    );
    const table = element(
      'table',
      {},
      element('caption', { class: 'visually-hidden' }, 'Throughput by size'),
      element('thead', {}, head),
      this.body,
    );
    this.root = element(
      'div',
      { class: 'throughput-results', hidden: true },
      element(
        'div',
        { class: 'scroll tall', tabindex: 0, role: 'region', 'aria-label': 'Throughput by size, a table' },
        table,
      ),
      element(
        'div',
        { class: 'row' },
        copyButton(() => this.text, 'the table', 'Copy table'),
      ),
    );
  }

  clear(): void {
    this.rows.length = 0;
    fill(this.body);
    this.root.hidden = true;
  }

  add(point: Point): void {
    const row = cells(point);
    this.rows.push(row);
    this.body.append(element('tr', {}, ...row.map((cell) => element('td', { class: 'right' }, cell))));
    this.root.hidden = false;
  }

  /** The table with tabs between the cells, as spreadsheets take it. */
  get text(): string {
    return [COLUMNS, ...this.rows].map((row) => row.join('\t')).join('\n');
  }
}

function cells({ elements, bytes, gpu, cpu }: Point): string[] {
  const side = (timing: Timing | undefined): string[] =>
    timing === undefined
      ? ['–', '–']
      : [milliseconds(timing.seconds * 1000), gigabytes(bytes / timing.seconds)];
  const ratio = gpu === undefined ? '–' : `${(cpu.seconds / gpu.seconds).toPrecision(2)} ×`;
  return [grouped(elements), binaryBytes(bytes), ...side(gpu), ...side(cpu), ratio];
}
