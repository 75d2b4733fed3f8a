import { Histogram } from '../../statistics/histogram';
import type { DensityLaw, DiscreteLaw, Law } from '../../statistics/laws';
import { barsOf } from '../bars';
import { type Chart, Plot } from '../chart';
import { windowOf } from '../law_window';
import { short } from '../numbers';
import { type Stem, stemsOf } from './stems';

const BINS = 48;
const POINTS = 161;
/** So many values are named with their shares. */
const FEW = 4;

const FRAME = { marginLeft: 8, marginRight: 8, marginTop: 8, marginBottom: 22, y: { axis: null } } as const;

/** A chart of values and of the law that they should follow. */
export function showLaw(chart: Chart, law: Law, values: Float32Array): void {
  if (law.kind === 'discrete') showShares(chart, law, values);
  else showDensity(chart, law, values);
}

function showDensity(chart: Chart, law: DensityLaw, values: Float32Array): void {
  const { low, high } = windowOf(law);
  const margin = (high - low) / BINS;
  const histogram = new Histogram(low - margin, high + margin, BINS + 2);
  histogram.add(values);
  const bars = barsOf(histogram);
  const top = Math.max(...bars.map(({ density }) => density));
  const curve = Array.from({ length: POINTS }, (_, i) => {
    const x = low + (i / (POINTS - 1)) * (high - low);
    return { x, y: Math.min(law.density(x), 1.5 * top) };
  });
  const ends = [{ x: low, y: 0 }, ...curve, { x: high, y: 0 }];
  chart.show(
    `Histogram of ${values.length} values between ${short(low)} and ${short(high)} over their density`,
    (width) => ({
      ...FRAME,
      x: { ticks: width < 360 ? 3 : 5, label: null, tickSize: 4, tickFormat: short },
      marks: [
        Plot.rectY(bars, {
          x1: 'from',
          x2: 'to',
          y: 'density',
          fill: 'var(--data)',
          fillOpacity: 0.4,
          insetLeft: 0.5,
          insetRight: 0.5,
        }),
        Plot.line(ends, { x: 'x', y: 'y', stroke: 'var(--theory)', strokeWidth: 1.75 }),
        Plot.ruleY([0], { stroke: 'var(--line)' }),
      ],
    }),
  );
}

function showShares(chart: Chart, law: DiscreteLaw, values: Float32Array): void {
  const stems = stemsOf(law, values);
  if (stems.length <= FEW) showFew(chart, stems, values.length);
  else showMany(chart, stems, values.length);
}

function showFew(chart: Chart, stems: readonly Stem[], count: number): void {
  const spread = Math.max(...stems.map(({ value }) => Math.abs(value)), 1) * 1.5;
  chart.show(
    `Shares of the values ${stems.map(({ value }) => short(value)).join(' and ')} among ${count}`,
    () => ({
      ...FRAME,
      marginTop: 20,
      x: {
        domain: [-spread, spread],
        ticks: stems.map(({ value }) => value),
        label: null,
        tickSize: 4,
        tickFormat: short,
      },
      y: { axis: null, domain: [0, 1] },
      marks: [
        Plot.ruleX(stems, {
          x: 'value',
          y1: 0,
          y2: 'measured',
          stroke: 'var(--data)',
          strokeWidth: 12,
          strokeOpacity: 0.4,
        }),
        Plot.dot(stems, { x: 'value', y: 'probability', r: 4, stroke: 'var(--theory)', strokeWidth: 1.75 }),
        Plot.text(stems, {
          x: 'value',
          y: 'measured',
          dy: -12,
          text: ({ measured }: { measured: number }) => percent(measured),
          fill: 'var(--text)',
        }),
        Plot.ruleY([0], { stroke: 'var(--line)' }),
      ],
    }),
  );
}

function showMany(chart: Chart, stems: readonly Stem[], count: number): void {
  const [first, last] = [stems[0].value, stems[stems.length - 1].value];
  const margin = (last - first) / stems.length;
  chart.show(
    `Shares of the values between ${short(first)} and ${short(last)} among ${count}, over their probabilities`,
    (width) => ({
      ...FRAME,
      x: {
        domain: [first - margin, last + margin],
        ticks: width < 360 ? 3 : 5,
        label: null,
        tickSize: 4,
        tickFormat: short,
      },
      y: { axis: null },
      marks: [
        Plot.ruleX(stems, {
          x: 'value',
          y1: 0,
          y2: 'measured',
          stroke: 'var(--data)',
          strokeWidth: Math.max(2, Math.min(12, width / (2 * stems.length))),
          strokeOpacity: 0.4,
        }),
        Plot.dot(stems, {
          x: 'value',
          y: 'probability',
          r: stems.length <= 24 ? 3 : 1.5,
          stroke: 'var(--theory)',
          strokeWidth: 1.5,
        }),
        Plot.ruleY([0], { stroke: 'var(--line)' }),
      ],
    }),
  );
}

function percent(share: number): string {
  return share === 1 ? 'all' : `${(100 * share).toPrecision(share < 0.01 ? 2 : 3)} %`;
}
