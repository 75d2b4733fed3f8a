import { copyButton } from '../controls';
import { element, fill } from '../dom';
import { bytesText, grouped, rateText, secondsText } from '../numbers';
import type { Point, Timing } from './measure';

const COLUMNS = ['Elements', 'Size', 'GPU', 'GPU GB/s', 'CPU', 'CPU GB/s', 'GPU against CPU'];

/** The points as a table, to be read without the chart and copied. */
export class Results {
  readonly root: HTMLElement;
  private readonly body = element('tbody');
  private readonly rows: string[][] = [];

  constructor() {
    const head = element('tr', {}, ...COLUMNS.map((column) => element('th', { scope: 'col', class: 'number' }, column)));
    const table = element('table', { class: 'data' }, element('caption', { class: 'visually-hidden' }, 'Throughput by size'), element('thead', {}, head), this.body);
    this.root = element(
      'div', { class: 'results', hidden: true },
      element('div', { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': 'Throughput by size, a table' }, table),
      element('div', { class: 'actions' }, copyButton(() => this.text, 'the table', 'Copy table')),
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
    const [elements, ...others] = row;
    this.body.append(element('tr', {}, element('th', { scope: 'row', class: 'number' }, elements), ...others.map((cell) => element('td', { class: 'number' }, cell))));
    this.root.hidden = false;
  }

  /** Tab-separated, as spreadsheets take it. */
  get text(): string {
    return [COLUMNS, ...this.rows].map((row) => row.join('\t')).join('\n');
  }
}

function cells({ elements, bytes, gpu, cpu }: Point): string[] {
  const side = (timing: Timing | undefined): string[] => (timing === undefined ? ['–', '–'] : [secondsText(timing.seconds), rateText(bytes / timing.seconds)]);
  const ratio = gpu === undefined ? '–' : `${(cpu.seconds / gpu.seconds).toPrecision(2)} ×`;
  return [grouped(elements), bytesText(bytes), ...side(gpu), ...side(cpu), ratio];
}
