import * as Plot from '@observablehq/plot';
import { element, fill } from './dom';

export interface Chart {
  readonly root: HTMLElement;
  /**
   * Draws the chart, now and whenever the width changes. The colours of the page are 'var(--data)',
   * 'var(--theory)', 'var(--second)' and 'var(--muted)'.
   * @param label what the chart shows, in words
   */
  show(label: string, options: (width: number) => Plot.PlotOptions): void;
}

/** A chart without a layout is drawn as wide as this, which is narrower than any column of the page. */
const LEAST_WIDTH = 200;

/**
 * A chart as wide as its column.
 * @param height in CSS pixels
 */
export function chart(height: number): Chart {
  const root = element('div', { class: 'chart' });
  root.style.minHeight = `${height}px`;
  let last: { label: string; options: (width: number) => Plot.PlotOptions } | undefined;
  let drawn = 0;
  const draw = (): void => {
    if (last === undefined) return;
    drawn = Math.max(Math.floor(root.clientWidth), LEAST_WIDTH);
    const svg = Plot.plot({
      ...last.options(drawn),
      width: drawn,
      height,
      style: { background: 'none', color: 'var(--muted)', fontSize: '11px', fontFamily: 'inherit' },
    });
    // The page's policy allows no other style than that of the build, which has these rules for all charts.
    svg.querySelector('style')?.remove();
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', last.label);
    fill(root, svg);
  };
  new ResizeObserver(() => {
    if (Math.floor(root.clientWidth) !== drawn) draw();
  }).observe(root);
  return {
    root,
    show(label, options) {
      last = { label, options };
      draw();
    },
  };
}

export { Plot };
