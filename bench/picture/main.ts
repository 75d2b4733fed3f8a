// Draws the README's picture: histograms of what the library makes, over the densities of their laws.
// The argument is the file to write, such as bench/initializers.svg.
import { writeFileSync } from 'node:fs';
import { type Initializer, initializers, Sampler } from '../../src/index';
import { Histogram } from '../../src/statistics/histogram';
import { lawOf } from '../../src/statistics/laws';
import { Plot, svgOf } from '../report/chart';

const SHAPE = [1000, 1000];
const SEED = 42;
const BINS = 60;
const POINTS = 60;
const BAR = '#7aa6dd';
const COLUMNS = 3;
const PANEL = { width: 250, height: 150 };

/** Each is drawn from -reach to reach. */
const PANELS: readonly { name: string; initializer: Initializer; reach: number }[] = [
  { name: 'random_normal', initializer: initializers.randomNormal(), reach: 0.2 },
  { name: 'truncated_normal', initializer: initializers.truncatedNormal(), reach: 0.14 },
  { name: 'random_uniform', initializer: initializers.randomUniform(), reach: 0.07 },
  { name: 'glorot_uniform', initializer: initializers.glorotUniform(), reach: 0.11 },
  { name: 'he_normal', initializer: initializers.heNormal(), reach: 0.13 },
  { name: 'lecun_normal', initializer: initializers.lecunNormal(), reach: 0.09 },
];

const sampler = await Sampler.create();
const panels: string[] = [];
for (const { name, initializer, reach } of PANELS) {
  const tensor = await sampler.fill(initializer, SHAPE, { seed: SEED, name });
  const histogram = new Histogram(-reach, reach, BINS);
  histogram.add(await tensor.float32());
  panels.push(panel(name, initializer, histogram));
  tensor.destroy();
}
sampler.destroy();

const width = COLUMNS * PANEL.width;
const height = Math.ceil(panels.length / COLUMNS) * PANEL.height;
const placed = panels.map((svg, i) => {
  const [x, y] = [(i % COLUMNS) * PANEL.width, Math.floor(i / COLUMNS) * PANEL.height];
  return `<g transform="translate(${x} ${y})">${svg}</g>`;
});
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">
<rect width="${width}" height="${height}" rx="8" fill="#fbfbfd"/>
${placed.join('\n')}
</svg>
`;
writeFileSync(process.argv[2], withPaths(svg));
process.exit(0); // Dawn's threads would keep the process

function panel(name: string, initializer: Initializer, { counts, edges, min, max }: Histogram): string {
  const law = lawOf(initializer.resolve(SHAPE));
  if (law.kind !== 'density') throw new Error(`${name} has no density`);
  const perCount = BINS / (SHAPE[0] * SHAPE[1] * (max - min));
  const bars = counts
    .map((count, i) => ({ from: edges[i], to: edges[i + 1], density: count * perCount }))
    .filter(({ density }) => density > 0);
  const curve = Array.from({ length: POINTS + 1 }, (_, i) => {
    const x = min + (i / POINTS) * (max - min);
    return { x, density: law.density(x) };
  });
  return svgOf({
    ...PANEL,
    marginLeft: 18,
    marginRight: 18,
    marginTop: 36,
    marginBottom: 24,
    style: { background: 'none', color: '#5b6b7c', fontSize: '10px' },
    x: { ticks: [min, 0, max], tickSize: 0, label: null, tickFormat: String },
    y: { axis: null },
    marks: [
      Plot.rectY(bars, { x1: 'from', x2: 'to', y: 'density', fill: BAR, insetRight: 0.5 }),
      Plot.line(curve, { x: 'x', y: 'density', stroke: '#c2410c', strokeWidth: 1.6 }),
      Plot.text([name], {
        text: (words: string) => words,
        frameAnchor: 'top-left',
        dy: -28,
        dx: -4,
        fontSize: 13,
        fontWeight: 600,
        fill: '#1c2733',
      }),
    ],
  });
}

/**
 * The same picture, in which all bars of a panel are strokes of one path, and paths have tenths of a pixel. As
 * rectangles the bars would be most of the file. The style sheets of the panels are left out, since they are for pages.
 */
function withPaths(svg: string): string {
  const bar = /<rect height="([\d.]+)" width="([\d.]+)" y="([\d.]+)" x="([\d.]+)" ?\/>/g;
  const paths = svg.replace(/<style>[^]*?<\/style>/g, '').replace(/(?:<rect height[^>]*\/>)+/g, (bars) => {
    const found = Array.from(bars.matchAll(bar), (match) => match.slice(1).map(Number));
    const strokes = found.map(
      ([height, width, y, x]) => `M${tenths(x + width / 2)} ${tenths(y)}V${tenths(y + height)}`,
    );
    return `<path stroke="${BAR}" stroke-width="${tenths(found[0][1])}" d="${strokes.join('')}"/>`;
  });
  return paths.replace(/ d="[^"]*"/g, (path) =>
    path.replace(/\d+\.\d+/g, (number) => tenths(Number(number))),
  );
}

function tenths(number: number): string {
  return String(Math.round(10 * number) / 10);
}
