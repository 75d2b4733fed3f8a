import { figure, Plot } from '../../report/chart';
import { html, type Html } from '../../report/html';
import type { Measurement } from '../row';
import { contender, milliseconds } from './text';

const ROW = 20;
/** Times that differ by more are drawn on a logarithmic scale. */
const MUCH = 20;

const COLOURS: Readonly<Record<Measurement['role'], string>> = {
  limit: 'var(--soft)',
  ours: 'var(--bar)',
  peer: 'var(--law)',
};

/**
 * The times of a case as bars from the fastest limit to the slowest peer, on a logarithmic scale
 * where they differ much; a line spans the quartiles.
 */
export function caseChart(name: string, rows: readonly Measurement[]): Html {
  const bars = rows.flatMap((row) => (row.wall === null ? [] : [{ row, ...row.wall }]));
  if (bars.length === 0) return html``;
  const most = Math.max(...bars.map(({ upperQuartile }) => upperQuartile));
  const least = Math.min(...bars.map(({ lowerQuartile }) => lowerQuartile));
  const isLogarithmic = most > MUCH * least;
  const from = isLogarithmic ? least / 2 : 0;
  const drawn = bars.map(({ row, median, lowerQuartile, upperQuartile }, y) => ({
    y,
    from,
    median,
    lowerQuartile,
    upperQuartile,
    end: Math.max(median, upperQuartile),
    colour: COLOURS[row.role],
    words: `${milliseconds(median)} ms`,
    title: `${row.label}: ${milliseconds(median)} ms, ${milliseconds(lowerQuartile)} to ${milliseconds(upperQuartile)}`,
  }));
  return figure(isLogarithmic ? `${name}, logarithmic` : name, {
    width: 760,
    height: bars.length * ROW + 12,
    marginLeft: 230,
    marginRight: 90,
    marginTop: 4,
    marginBottom: 8,
    x: { type: isLogarithmic ? 'log' : 'linear', domain: [from, most], axis: null },
    y: {
      type: 'band',
      domain: drawn.map(({ y }) => y),
      label: null,
      tickSize: 0,
      padding: 0.25,
      tickFormat: (y: number) => contender(bars[y].row),
    },
    marks: [
      Plot.barX(drawn, { y: 'y', x1: 'from', x2: 'median', fill: 'colour', title: 'title' }),
      Plot.ruleY(drawn, { y: 'y', x1: 'lowerQuartile', x2: 'upperQuartile', stroke: 'var(--ink)' }),
      Plot.text(drawn, { y: 'y', x: 'end', text: 'words', textAnchor: 'start', dx: 6, fill: 'var(--soft)' }),
    ],
  });
}
