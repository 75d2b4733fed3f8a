import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { Html, html } from './html';

const { document } = parseHTML('<!doctype html><html><body></body></html>');

/** Attributes of shapes, whose numbers have more digits than anybody sees. */
const GEOMETRY = /( (?:d|x|y|x1|x2|y1|y2|cx|cy|width|height|transform)=")([^"]*)"/g;

/** Draws a chart as the text of an SVG element. */
export function svgOf(options: Plot.PlotOptions): string {
  const svg = Plot.plot({ ...options, document });
  return svg.outerHTML.replace(GEOMETRY, (_, name: string, value: string) => {
    const rounded = value.replace(/-?\d+\.\d{3,}/g, (number) =>
      String(Math.round(100 * Number(number)) / 100),
    );
    return `${name}${rounded}"`;
  });
}

/**
 * A chart with a caption. Colours are those of the report's
 * style: 'var(--bar)', 'var(--law)', 'var(--soft)' and so on.
 */
export function figure(caption: string, options: Plot.PlotOptions): Html {
  const svg = svgOf({
    ...options,
    ariaLabel: caption,
    style: { background: 'none', color: 'var(--soft)', fontSize: '11px', fontFamily: 'inherit' },
  });
  return html`<figure>
    <figcaption>${caption}</figcaption>
    ${new Html(svg)}
  </figure>`;
}

export { Plot };
