/** The imports of a file and its exports of other modules' names: those of one module in one statement. */
export class Clauses {
  /** @type {Map<string, Set<string>>} */
  #names = new Map();

  /**
   * Adds names to the statement `keyword { … }from;`.
   *
   * @param {string} keyword
   * @param {readonly string[]} names
   * @param {string} from
   */
  add(keyword, names, from) {
    if (names.length === 0) return;
    const key = `${keyword} {}${from};`;
    this.#names.set(key, new Set([...(this.#names.get(key) ?? []), ...names]));
  }

  /** Adds a statement without names in braces. @param {string} text */
  addWhole(text) {
    this.#names.set(`${text};`, new Set());
  }

  /** @returns {string[]} */
  texts() {
    return Array.from(this.#names, ([key, names]) => key.replace('{}', `{ ${[...names].join(', ')} }`));
  }
}
