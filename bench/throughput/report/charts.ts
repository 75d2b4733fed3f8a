import { escaped } from '../../certify/report/svg';
import type { Measurement } from '../row';
import { contender, milliseconds } from './text';

const WIDTH = 760;
const LEFT = 230;
const RIGHT = 90;
const ROW = 20;
const TOP = 22;

/**
 * The times of a case as bars from the fastest limit to the slowest peer, on a logarithmic scale
 * where they differ much; a line spans the quartiles.
 */
export function caseChart(name: string, rows: readonly Measurement[]): string {
  const bars = rows.flatMap((row) => (row.wall === null ? [] : [{ row, wall: row.wall }]));
  if (bars.length === 0) return '';
  const most = Math.max(...bars.map(({ wall }) => wall.upperQuartile));
  const least = Math.min(...bars.map(({ wall }) => wall.lowerQuartile));
  const logarithmic = most > 20 * least;
  const from = logarithmic ? least / 2 : 0;
  const at = (value: number): number => {
    const share = logarithmic ? Math.log(value / from) / Math.log(most / from) : value / most;
    return round(LEFT + share * (WIDTH - LEFT - RIGHT));
  };
  const height = TOP + bars.length * ROW + 6;
  const parts = bars.map(({ row, wall }, i) => {
    const y = TOP + i * ROW;
    const words = `${row.label}: ${milliseconds(wall.median)} ms, ${milliseconds(wall.lowerQuartile)} to ${milliseconds(wall.upperQuartile)}`;
    return `<g><title>${escaped(words)}</title><text class="y" x="${LEFT - 8}" y="${y + 13}">${escaped(contender(row))}</text>
<rect class="bar ${row.role}" x="${LEFT}" y="${y + 2}" width="${round(at(wall.median) - LEFT)}" height="${ROW - 6}"/>
<path class="curve" d="M${at(wall.lowerQuartile)} ${y + ROW / 2 - 1}H${at(wall.upperQuartile)}"/>
<text x="${round(Math.max(at(wall.median), at(wall.upperQuartile)) + 6)}" y="${y + 13}">${milliseconds(wall.median)} ms</text></g>`;
  });
  const title = `${name}${logarithmic ? ', logarithmic' : ''}`;
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}"><text class="title" x="${LEFT}" y="14">${escaped(title)}</text>${parts.join('\n')}</svg>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
