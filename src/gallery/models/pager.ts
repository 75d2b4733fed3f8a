import { button } from '../controls';
import { element, fill } from '../dom';
import { grouped } from '../../text/numbers';

const PAGE = 24;

/** Shows one page of many items, and the buttons to the other pages. */
export class Pager<T> {
  readonly root: HTMLElement;
  private items: readonly T[] = [];
  private first = 0;
  private readonly words = element('span', { class: 'pager-words', role: 'status' });
  private readonly back = button('Previous', () => this.go(-PAGE));
  private readonly on = button('Next', () => this.go(PAGE));

  /** @param noun what the items are, in the plural, such as 'tensors' */
  constructor(
    private readonly noun: string,
    private readonly onPage: (items: readonly T[]) => void,
  ) {
    this.root = element('div', { class: 'pager' }, this.back, this.words, this.on);
  }

  show(items: readonly T[]): void {
    this.items = items;
    this.first = 0;
    this.go(0);
  }

  private go(by: number): void {
    this.first = Math.max(Math.min(this.first + by, this.items.length - 1), 0);
    const { first, items } = this;
    const end = Math.min(first + PAGE, items.length);
    fill(
      this.words,
      items.length === 0
        ? `no ${this.noun}`
        : `${grouped(first + 1)} to ${grouped(end)} of ${grouped(items.length)}`,
    );
    this.back.disabled = first === 0;
    this.on.disabled = end === items.length;
    const isOne = items.length <= PAGE;
    this.back.hidden = isOne;
    this.on.hidden = isOne;
    this.onPage(items.slice(first, end));
  }
}
