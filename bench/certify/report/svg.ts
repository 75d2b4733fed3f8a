/** A rectangle of data drawn into a rectangle of the page, with room for the axes' labels. */
export class Plot {
  private readonly parts: string[] = [];
  private readonly width = 480;
  private readonly height = 240;
  private readonly left = 52;
  private readonly right = 10;
  private readonly top = 24;
  private readonly bottom = 28;

  constructor(
    private readonly title: string,
    private readonly x: readonly [number, number],
    private readonly y: readonly [number, number],
  ) {}

  line(points: readonly (readonly [number, number])[], style: string): this {
    const path = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${this.atX(x)} ${this.atY(y)}`).join('');
    this.parts.push(`<path class="${style}" d="${path}"/>`);
    return this;
  }

  bar(from: number, to: number, value: number, style: string): this {
    const top = this.atY(value);
    this.parts.push(
      `<rect class="${style}" x="${this.atX(from)}" y="${top}" width="${round(this.atX(to) - this.atX(from))}" height="${round(Math.max(this.atY(this.y[0]) - top, 0))}"/>`,
    );
    return this;
  }

  dot(x: number, y: number, style: string, words: string): this {
    this.parts.push(
      `<circle class="${style}" cx="${this.atX(x)}" cy="${this.atY(y)}" r="2.5"><title>${escaped(words)}</title></circle>`,
    );
    return this;
  }

  ticksX(ticks: readonly (readonly [number, string])[]): this {
    for (const [x, label] of ticks)
      this.parts.push(`<text class="x" x="${this.atX(x)}" y="${this.height - 10}">${escaped(label)}</text>`);
    return this;
  }

  ticksY(ticks: readonly (readonly [number, string])[]): this {
    for (const [y, label] of ticks) {
      const at = this.atY(y);
      this.parts.push(`<text class="y" x="${this.left - 6}" y="${round(at + 4)}">${escaped(label)}</text>`);
      this.parts.push(`<path class="grid" d="M${this.left} ${at}H${this.width - this.right}"/>`);
    }
    return this;
  }

  text(): string {
    return `<svg viewBox="0 0 ${this.width} ${this.height}" role="img" aria-label="${escaped(this.title)}"><text class="title" x="${this.left}" y="14">${escaped(this.title)}</text>${this.parts.join('')}</svg>`;
  }

  private atX(value: number): number {
    return round(this.left + share(value, this.x) * (this.width - this.left - this.right));
  }

  private atY(value: number): number {
    return round(this.height - this.bottom - share(value, this.y) * (this.height - this.top - this.bottom));
  }
}

/** Text as it may stand in HTML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

function share(value: number, [from, to]: readonly [number, number]): number {
  return Math.min(Math.max((value - from) / (to - from), 0), 1);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
