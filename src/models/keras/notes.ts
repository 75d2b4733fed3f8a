import { grouped } from '../../text/numbers';

/** The most notes that are kept. What is beyond is counted. */
const MAX_NOTES = 10;

/** What was read without effect, a sentence each. */
export class Notes {
  readonly #kept: string[];
  #more: number;

  /** No notes, or a copy of others. */
  constructor(others?: Notes) {
    this.#kept = others === undefined ? [] : [...others.#kept];
    this.#more = others === undefined ? 0 : others.#more;
  }

  add(text: string): void {
    if (this.#kept.length < MAX_NOTES) this.#kept.push(text);
    else this.#more++;
  }

  /** The first ten, and a note that says how many more there are. */
  list(): readonly string[] {
    return this.#more === 0
      ? [...this.#kept]
      : [...this.#kept, `${grouped(this.#more)} more that are like these`];
  }
}
