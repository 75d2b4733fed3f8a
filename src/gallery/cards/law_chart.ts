import { type Chart, Plot } from '../chart';
import { Gathered } from '../histogram';
import { short } from '../numbers';
import type { Law } from './law';

const BINS = 48;
const POINTS = 161;

const FRAME = { marginLeft: 8, marginRight: 8, marginTop: 8, marginBottom: 22, y: { axis: null } } as const;

/** Values over what they should look like. */
export function showLaw(chart: Chart, law: Law, values: Float32Array): void {
  if (law.kind === 'values') showShares(chart, law, values);
  else showDensity(chart, law, values);
}

function showDensity(chart: Chart, law: Law & { kind: 'density' }, values: Float32Array): void {
  const margin = (law.high - law.low) / BINS;
  const gathered = new Gathered(law.low - margin, law.high + margin, BINS + 2);
  gathered.add(values);
  const bars = gathered.bars();
  const top = Math.max(...bars.map(({ density }) => density));
  const curve = Array.from({ length: POINTS }, (_, i) => {
    const x = law.low + (i / (POINTS - 1)) * (law.high - law.low);
    return { x, y: Math.min(law.at(x), 1.5 * top) };
  });
  const ends = [{ x: law.low, y: 0 }, ...curve, { x: law.high, y: 0 }];
  chart.show(
    `Histogram of ${values.length} values between ${short(law.low)} and ${short(law.high)} over their density`,
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

function showShares(chart: Chart, { shares }: Law & { kind: 'values' }, values: Float32Array): void {
  const counts = shares.map(() => 0);
  for (const x of values) {
    let nearest = 0;
    for (let i = 1; i < shares.length; i++)
      if (Math.abs(x - shares[i].value) < Math.abs(x - shares[nearest].value)) nearest = i;
    counts[nearest]++;
  }
  const stems = shares.map(({ value, share }, i) => ({
    value,
    share,
    measured: counts[i] / Math.max(values.length, 1),
  }));
  const spread = Math.max(...shares.map(({ value }) => Math.abs(value)), 1) * 1.5;
  chart.show(
    `Shares of the values ${shares.map(({ value }) => short(value)).join(' and ')} among ${values.length}`,
    () => ({
      ...FRAME,
      marginTop: 20,
      x: {
        domain: [-spread, spread],
        ticks: shares.map(({ value }) => value),
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
        Plot.dot(stems, { x: 'value', y: 'share', r: 4, stroke: 'var(--theory)', strokeWidth: 1.75 }),
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

function percent(share: number): string {
  return share === 1 ? 'all' : `${(100 * share).toPrecision(share < 0.01 ? 2 : 3)} %`;
}
