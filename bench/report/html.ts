/** Text that is HTML already. */
export class Html {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/** What may stand in HTML: text and numbers, which are escaped, HTML, or several of them. */
export type Content = string | number | Html | readonly Content[];

/** A template of HTML: whatever is put into it is escaped, unless it is HTML itself. */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(strings.map((part, i) => (i === 0 ? '' : textOf(contents[i - 1])) + part).join(''));
}

function textOf(content: Content): string {
  if (typeof content === 'object' && !(content instanceof Html)) return content.map(textOf).join('');
  return content instanceof Html ? content.text : escaped(String(content));
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
