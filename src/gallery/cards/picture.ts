import { element } from '../dom';
import { short } from '../numbers';
import { onTheme } from '../theme';

/**
 * The most rows and columns that are shown, two CSS pixels each. Of larger matrices it is the upper left
 * corner.
 */
const SIDE = 60;

type Colour = readonly [number, number, number];
const PALETTE: Readonly<
  Record<'light' | 'dark', readonly [negative: Colour, zero: Colour, positive: Colour]>
> = {
  light: [
    [178, 62, 12],
    [250, 249, 246],
    [35, 84, 196],
  ],
  dark: [
    [255, 160, 96],
    [26, 28, 36],
    [126, 166, 255],
  ],
};

/** A picture of the matrix with a legend. Positive values are blue, negative ones are orange. */
export class Picture {
  readonly root: HTMLElement;
  private readonly canvas = element('canvas', { width: 1, height: 1, role: 'img' });
  private readonly caption = element('figcaption');
  private readonly least = element('span');
  private readonly most = element('span');
  private last: { values: Float32Array; columns: number; limit: number } | undefined;

  constructor() {
    const legend = element(
      'div',
      { class: 'legend', 'aria-hidden': 'true' },
      this.least,
      element('span', { class: 'legend-bar' }),
      this.most,
    );
    this.root = element('figure', { class: 'picture' }, this.canvas, legend, this.caption);
    onTheme(() => this.draw());
  }

  /** @param limit the magnitude that has the fullest colour */
  show(values: Float32Array, columns: number, limit: number): void {
    this.last = { values, columns: Math.max(columns, 1), limit };
    this.least.textContent = short(-limit);
    this.most.textContent = short(limit);
    this.draw();
  }

  private draw(): void {
    if (this.last === undefined) return;
    const { values, columns, limit } = this.last;
    const width = Math.min(columns, SIDE);
    const height = Math.max(1, Math.min(Math.ceil(values.length / columns), SIDE));
    const image = new ImageData(width, height);
    const [negative, zero, positive] = PALETTE[isDark() ? 'dark' : 'light'];
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const index = row * columns + column;
        const share =
          index < values.length && limit > 0 ? Math.max(-1, Math.min(1, values[index] / limit)) : 0;
        const end = share < 0 ? negative : positive;
        for (let i = 0; i < 3; i++)
          image.data[4 * (row * width + column) + i] = zero[i] + Math.abs(share) * (end[i] - zero[i]);
        image.data[4 * (row * width + column) + 3] = index < values.length ? 255 : 0;
      }
    }
    this.canvas.width = width;
    this.canvas.height = height;
    this.canvas.getContext('2d')!.putImageData(image, 0, 0);
    const rows = Math.ceil(values.length / columns);
    const words =
      width < columns || height < rows
        ? `the first ${height} rows × ${width} columns`
        : `${rows} × ${columns}`;
    this.caption.textContent = words;
    this.canvas.setAttribute('aria-label', `The matrix as a picture, ${words}`);
  }
}

function isDark(): boolean {
  const scheme = document.documentElement.style.colorScheme;
  return scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
}
