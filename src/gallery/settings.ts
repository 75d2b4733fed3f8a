/**
 * The settings that the visitor has changed, as texts. They stand in the address after '#', so that a link
 * has all of them.
 */
class Settings {
  private readonly values = new Map<string, string>();
  private readonly listeners: ((key: string) => void)[] = [];
  private written = '';

  constructor() {
    this.read();
    addEventListener('hashchange', () => {
      if (location.hash === this.written) return;
      const before = [...this.values.keys()];
      this.read();
      for (const key of new Set([...before, ...this.values.keys()])) this.announce(key);
    });
  }

  /** The text of a setting, or `otherwise` where it is not set. */
  get(key: string, otherwise: string): string {
    return this.values.get(key) ?? otherwise;
  }

  has(key: string): boolean {
    return this.values.has(key);
  }

  keys(): string[] {
    return [...this.values.keys()];
  }

  /** Sets a text; undefined removes it. */
  set(key: string, value: string | undefined): void {
    if (this.values.get(key) === value) return;
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, value);
    this.write();
    this.announce(key);
  }

  /** Calls `listener` with the key of what changed. */
  onChange(listener: (key: string) => void): void {
    this.listeners.push(listener);
  }

  /** The address of the page with all settings. */
  get link(): string {
    return location.href;
  }

  private announce(key: string): void {
    for (const listener of this.listeners) listener(key);
  }

  private read(): void {
    this.values.clear();
    for (const [key, value] of new URLSearchParams(location.hash.slice(1))) this.values.set(key, value);
    this.written = location.hash;
  }

  private write(): void {
    const text = new URLSearchParams([...this.values]).toString();
    history.replaceState(null, '', text === '' ? location.href.replace(/#.*/, '') : `#${text}`);
    this.written = location.hash;
  }
}

/**
 * The settings of the page. Keys are `seed`, `shape`, `dtype`, and `<name>.<setting>` for a card or a panel.
 */
export const settings = new Settings();
