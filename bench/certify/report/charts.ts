import { type CheckResult, SIGNIFICANCE } from '../check';
import type { Picture } from '../picture';
import { kolmogorovAbove } from '../special/kolmogorov';
import { Plot } from './svg';

/** Counts as bars under the law's expected ones as a line. */
export function histogramChart({ bars }: Picture): string {
  const seen = bars.filter(({ expected, count }) => expected >= 0.5 || count > 0);
  const from = seen[0].from;
  const to = seen[seen.length - 1].to;
  const most = Math.max(...seen.map(({ count, expected }) => Math.max(count, expected)));
  const plot = new Plot('values, and the law as a line', [from, to], [0, most * 1.05]);
  plot.ticksX([from, (from + to) / 2, to].map((x) => [x, short(x)]));
  plot.ticksY([0, most / 2, most].map((y) => [y, short(y)]));
  for (const bar of seen) plot.bar(bar.from, bar.to, bar.count, 'bar');
  return plot
    .line(
      seen.flatMap(
        ({ from, to, expected }) =>
          [
            [from, expected],
            [to, expected],
          ] as const,
      ),
      'law',
    )
    .text();
}

/** The same on a logarithmic scale, where the tails show. */
export function tailChart({ bars }: Picture): string {
  const seen = bars.filter(({ expected, count }) => expected >= 0.5 || count > 0);
  const from = seen[0].from;
  const to = seen[seen.length - 1].to;
  const most = Math.log10(Math.max(...seen.map(({ count, expected }) => Math.max(count, expected))));
  const height = (count: number): number => (count > 0 ? Math.log10(count) : -0.3);
  const plot = new Plot('the same, logarithmic', [from, to], [-0.3, most * 1.05]);
  plot.ticksX([from, (from + to) / 2, to].map((x) => [x, short(x)]));
  plot.ticksY(decades(0, most));
  for (const bar of seen) plot.bar(bar.from, bar.to, height(bar.count), 'bar');
  return plot
    .line(
      seen.flatMap(
        ({ from, to, expected }) =>
          [
            [from, height(expected)],
            [to, height(expected)],
          ] as const,
      ),
      'law',
    )
    .text();
}

/** sqrt(n) (Fn - F) over F, between the lines that Kolmogorov-Smirnov must not reach. */
export function differenceChart({ difference }: Picture): string {
  const limit = criticalDistance();
  const reach = Math.max(limit, ...difference.map(({ value }) => Math.abs(value))) * 1.1;
  const plot = new Plot('sqrt(n) (Fn - F) over F, and its bounds', [0, 1], [-reach, reach]);
  plot.ticksX([
    [0, '0'],
    [0.5, '0.5'],
    [1, '1'],
  ]);
  plot.ticksY([-limit, 0, limit].map((y) => [y, y.toFixed(2)]));
  for (const bound of [-limit, limit])
    plot.line(
      [
        [0, bound],
        [1, bound],
      ],
      'bound',
    );
  return plot.line([[0, 0], ...difference.map(({ u, value }) => [u, value] as const)], 'curve').text();
}

/**
 * All p-values in order against what the same number of uniform ones would be. On the diagonal
 * the checks are calibrated; checks that could not fail would lie far above it.
 */
export function pValueChart(results: readonly (CheckResult & { readonly subject: string })[]): string {
  const sorted = results.filter(({ pValue }) => pValue < 1).sort((a, b) => a.pValue - b.pValue);
  const lowest = Math.min(-7, ...sorted.map(({ pValue }) => Math.max(Math.log10(pValue), -20)));
  const plot = new Plot('p-values in order, over those of as many uniform ones', [-3.5, 0], [lowest, 0]);
  plot.ticksX(decades(-3, 0)).ticksY(decades(Math.ceil(lowest), 0));
  plot
    .line(
      [
        [-3.5, -3.5],
        [0, 0],
      ],
      'law',
    )
    .line(
      [
        [-3.5, Math.log10(SIGNIFICANCE)],
        [0, Math.log10(SIGNIFICANCE)],
      ],
      'bound',
    );
  sorted.forEach(({ pValue, passed, name, subject }, i) => {
    const words = `${subject}: ${name}, p ${pValue.toExponential(2)}`;
    plot.dot(
      Math.log10((i + 0.5) / sorted.length),
      Math.log10(Math.max(pValue, 1e-300)),
      passed ? 'pass' : 'fail',
      words,
    );
  });
  return plot.text();
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

function decades(from: number, to: number): [number, string][] {
  const first = Math.ceil(from);
  const step = Math.max(1, Math.ceil((to - first) / 7));
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, i) => [
    first + i * step,
    `1e${first + i * step}`,
  ]);
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
