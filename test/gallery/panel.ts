import type { ElementHandle, Page } from 'puppeteer';

/** What a visitor does in one section of the page, and sees there. */
export class Panel {
  constructor(
    private readonly page: Page,
    private readonly selector: string,
  ) {}

  /** Presses the button with these words. */
  async click(words: string): Promise<void> {
    const pressed = await this.page.evaluate(
      (selector, words) => {
        const buttons = [...document.querySelectorAll<HTMLButtonElement>(`${selector} button`)];
        const button = buttons.find(
          (one) => one.textContent?.trim() === words && !one.disabled && one.offsetParent !== null,
        );
        button?.click();
        return button !== undefined;
      },
      this.selector,
      words,
    );
    if (!pressed) throw new Error(`${this.selector} has no button ${words} to press`);
  }

  /** Chooses in, or types into, the field of this label. */
  async select(label: string, value: string): Promise<void> {
    const field = await this.field(label);
    const isSelect = await field.evaluate((control) => control instanceof HTMLSelectElement);
    if (isSelect) {
      if (!(await field.select(value)).includes(value)) throw new Error(`${label} has no option ${value}`);
    } else {
      await field.evaluate((control) => void ((control as HTMLInputElement).value = ''));
      await field.type(value);
    }
  }

  private async field(label: string): Promise<ElementHandle<Element>> {
    const handle = await this.page.evaluateHandle(
      (selector, label) => {
        const found = [...document.querySelectorAll<HTMLLabelElement>(`${selector} label`)].find(
          (one) => one.textContent?.trim() === label,
        );
        return found?.control ?? null;
      },
      this.selector,
      label,
    );
    const field = handle.asElement();
    if (field === null) throw new Error(`${this.selector} has no field ${label}`);
    return field as ElementHandle<Element>;
  }

  /** The words at the progress bar, when they match. */
  async words(pattern: RegExp): Promise<string> {
    return this.text('.progress-words', pattern);
  }

  /** The text of an element, when it matches. */
  async text(element: string, pattern: RegExp): Promise<string> {
    const handle = await this.page.waitForFunction(
      (selector: string, source: string) => {
        const text = document.querySelector(selector)?.textContent ?? '';
        return new RegExp(source).test(text) && text;
      },
      { timeout: 120_000, polling: 50 },
      `${this.selector} ${element}`,
      pattern.source,
    );
    return String(await handle.jsonValue());
  }

  async texts(elements: string): Promise<string[]> {
    return this.page.$$eval(this.within(elements), (all) => all.map((one) => one.textContent ?? ''));
  }

  async attribute(element: string, name: string): Promise<string | null> {
    return this.page.$eval(this.within(element), (one, name) => one.getAttribute(name), name);
  }

  async appears(element: string): Promise<void> {
    await this.page.waitForSelector(this.within(element), { timeout: 120_000 });
  }

  /** Chooses files with the panel's file field. */
  async upload(...paths: string[]): Promise<void> {
    const input = await this.page.$(this.within('input[type=file]'));
    await (input as ElementHandle<HTMLInputElement>).uploadFile(...paths);
  }

  private within(elements: string): string {
    return elements
      .split(',')
      .map((one) => `${this.selector} ${one.trim()}`)
      .join(', ');
  }
}
