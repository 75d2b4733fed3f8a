import { type ModelFileTensor, fillingLabel } from '../../models';
import { element, fill } from '../dom';
import { grouped } from '../../text/numbers';

const COLUMNS = [
  ['tensor', ''],
  ['shape', ''],
  ['elements', 'right'],
  ['dtype', ''],
  ['initializer', ''],
] as const;

/** A table with a page of the tensors of a model. */
export class TensorTable {
  readonly root: HTMLElement;
  private readonly body = element('tbody');

  constructor() {
    const head = element(
      'tr',
      {},
      ...COLUMNS.map(([title, kind]) => element('th', { scope: 'col', class: kind }, title)),
    );
    const table = element(
      'table',
      {},
      element('caption', { class: 'visually-hidden' }, 'Tensors of the model'),
      element('thead', {}, head),
      this.body,
    );
    this.root = element(
      'div',
      { class: 'scroll tall', tabindex: 0, role: 'region', 'aria-label': 'Tensors of the model, a table' },
      table,
    );
  }

  show(tensors: readonly ModelFileTensor[]): void {
    fill(
      this.body,
      ...tensors.map(({ name, shape, dtype, count, initializer }) =>
        element(
          'tr',
          {},
          element('td', { class: 'mono' }, name),
          element('td', {}, sizesText(shape)),
          element('td', { class: 'right' }, grouped(count)),
          element('td', {}, dtype),
          element('td', { class: 'wraps' }, fillingLabel(initializer)),
        ),
      ),
    );
  }
}

/** A shape in words: [50257, 768] as 50257 × 768. */
export function sizesText(shape: readonly number[]): string {
  return shape.length === 0 ? 'scalar' : shape.join(' × ');
}
