import { figure, Plot } from '../../report/chart';
import type { Html } from '../../report/html';
import { type CheckResult, SIGNIFICANCE } from '../check';
import type { Bar, ChartData } from '../chart_data';
import { kolmogorovAbove } from '../special/kolmogorov';

const SIZE = { width: 480, height: 240, marginLeft: 56, marginBottom: 28 } as const;

/** p-values below are drawn at this one. */
const LEAST_P = 1e-20;

/** Counts as bars under the law's expected ones as a line. */
export function histogramChart({ bars }: ChartData): Html {
  const seen = visible(bars);
  return figure('values, and the law as a line', {
    ...SIZE,
    x: { label: null, ticks: 5 },
    y: { label: null, grid: true, ticks: 4, tickFormat: '~s' },
    marks: [
      Plot.rectY(seen, { x1: 'from', x2: 'to', y: 'count', fill: 'var(--bar)' }),
      Plot.line(steps(seen), { x: 'x', y: 'y', stroke: 'var(--law)', strokeWidth: 1.3 }),
    ],
  });
}

/** The same on a logarithmic scale, where the tails show. */
export function tailChart({ bars }: ChartData): Html {
  const seen = visible(bars);
  const most = Math.max(...seen.flatMap(({ count, expected }) => [count, expected]));
  return figure('the same, logarithmic', {
    ...SIZE,
    x: { label: null, ticks: 5 },
    y: { type: 'log', domain: [0.5, 1.5 * most], label: null, grid: true, ticks: 5, tickFormat: '~s' },
    marks: [
      Plot.rectY(
        seen.filter(({ count }) => count > 0),
        { x1: 'from', x2: 'to', y1: 0.5, y2: 'count', fill: 'var(--bar)' },
      ),
      Plot.line(steps(seen.filter(({ expected }) => expected >= 0.5)), {
        x: 'x',
        y: 'y',
        stroke: 'var(--law)',
        strokeWidth: 1.3,
      }),
    ],
  });
}

/** sqrt(n) (Fn - F) over F, between the lines that Kolmogorov-Smirnov must not reach. */
export function differenceChart({ difference }: ChartData): Html {
  const limit = criticalDistance();
  const reach = Math.max(limit, ...difference.map(({ value }) => Math.abs(value))) * 1.1;
  return figure('sqrt(n) (Fn - F) over F, and its bounds', {
    ...SIZE,
    x: { domain: [0, 1], ticks: 5, label: null },
    y: { domain: [-reach, reach], ticks: 5, grid: true, label: null },
    marks: [
      Plot.ruleY([-limit, limit], { stroke: 'var(--bad)', strokeDasharray: '4 3' }),
      Plot.line([{ u: 0, value: 0 }, ...difference], {
        x: 'u',
        y: 'value',
        stroke: 'var(--ink)',
        strokeWidth: 1,
      }),
    ],
  });
}

/**
 * All p-values in order against what the same number of uniform ones would be. On the diagonal
 * the checks are calibrated; checks that could not fail would lie far above it.
 */
export function pValueChart(results: readonly (CheckResult & { readonly subject: string })[]): Html {
  const sorted = results.filter(({ pValue }) => pValue < 1).sort((a, b) => a.pValue - b.pValue);
  const points = sorted.map(({ pValue, passed, name, subject }, i) => ({
    uniform: (i + 0.5) / sorted.length,
    pValue: Math.max(pValue, LEAST_P),
    colour: passed ? 'var(--soft)' : 'var(--bad)',
    title: `${subject}: ${name}, p ${pValue.toExponential(2)}`,
  }));
  const least = Math.min(1e-7, ...points.map(({ pValue }) => pValue));
  const from = Math.min(1e-3, 0.5 / Math.max(sorted.length, 1));
  return figure('p-values in order, over those of as many uniform ones', {
    ...SIZE,
    x: { type: 'log', domain: [from, 1], label: null, ticks: 4, tickFormat: '~e' },
    y: { type: 'log', domain: [least, 1], label: null, grid: true, ticks: 7, tickFormat: '~e' },
    marks: [
      Plot.line(
        [
          [from, from],
          [1, 1],
        ],
        { stroke: 'var(--law)', strokeWidth: 1.3 },
      ),
      Plot.ruleY([SIGNIFICANCE], { stroke: 'var(--bad)', strokeDasharray: '4 3' }),
      Plot.dot(points, { x: 'uniform', y: 'pValue', r: 2.5, fill: 'colour', title: 'title' }),
    ],
  });
}

/** Bars where there is something to see. */
function visible(bars: readonly Bar[]): Bar[] {
  return bars.filter(({ expected, count }) => expected >= 0.5 || count > 0);
}

/** The expected counts as a line of steps. */
function steps(bars: readonly Bar[]): { x: number; y: number }[] {
  return bars.flatMap(({ from, to, expected }) => [
    { x: from, y: expected },
    { x: to, y: expected },
  ]);
}

/** The t where 1 - K(t) is the significance, by halving. */
function criticalDistance(): number {
  let low = 1;
  let high = 5;
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (kolmogorovAbove(middle) > SIGNIFICANCE) low = middle;
    else high = middle;
  }
  return low;
}
