// Draws the README's picture: histograms of what the built library makes, over the densities.
//
//   npm run build && node bench/throughput/picture.mjs > bench/initializers.svg
import { initializers, Sampler } from 'tensorseed';

const SHAPE = [1000, 1000];
const BINS = 80;
const PANEL = { width: 250, height: 150, margin: 14 };

/** @typedef {(x: number) => number} Density */

/** @type {(x: number, stddev: number) => number} */
const normal = (x, stddev) => Math.exp(-0.5 * (x / stddev) ** 2) / (stddev * Math.sqrt(2 * Math.PI));
/**
 * A normal cut at two standard deviations: 0.9545 of it is left.
 *
 * @type {(x: number, stddev: number) => number}
 */
const truncated = (x, stddev) => (Math.abs(x) < 2 * stddev ? normal(x, stddev) / 0.954499736 : 0);
/** @type {(x: number, limit: number) => number} */
const flat = (x, limit) => (Math.abs(x) < limit ? 1 / (2 * limit) : 0);

/** @type {readonly (readonly [string, initializers.Initializer, number, Density])[]} */
const PANELS = [
  ['random_normal', initializers.randomNormal(), 0.2, (x) => normal(x, 0.05)],
  ['truncated_normal', initializers.truncatedNormal(), 0.14, (x) => truncated(x, 0.05)],
  ['random_uniform', initializers.randomUniform(), 0.07, (x) => flat(x, 0.05)],
  ['glorot_uniform', initializers.glorotUniform(), 0.11, (x) => flat(x, Math.sqrt(3 / 1000))],
  [
    'he_normal',
    initializers.heNormal(),
    0.13,
    (x) => truncated(x, Math.sqrt(2 / 1000) / 0.87962566103423978),
  ],
  [
    'lecun_normal',
    initializers.lecunNormal(),
    0.09,
    (x) => truncated(x, Math.sqrt(1 / 1000) / 0.87962566103423978),
  ],
];

const sampler = await Sampler.create();
const panels = [];
for (const [name, initializer, reach, density] of PANELS) {
  const data = await (await sampler.fill(initializer, SHAPE, { seed: 42, name })).float32();
  panels.push(panel(name, histogram(data, reach), reach, density));
}
const columns = 3;
const width = columns * PANEL.width;
const height = Math.ceil(panels.length / columns) * PANEL.height;
const placed = panels.map((svg, i) => {
  const [x, y] = [(i % columns) * PANEL.width, Math.floor(i / columns) * PANEL.height];
  return `<g transform="translate(${x} ${y})">${svg}</g>`;
});
console.log(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif">
<rect width="${width}" height="${height}" rx="8" fill="#fbfbfd"/>
${placed.join('\n')}
</svg>`);
sampler.destroy();
process.exit(0);

/**
 * Density of the values in each bin of [-reach, reach].
 *
 * @param {Float32Array} values
 * @param {number} reach
 */
function histogram(values, reach) {
  const counts = new Float64Array(BINS);
  for (const value of values) {
    const bin = Math.floor(((value + reach) / (2 * reach)) * BINS);
    if (bin >= 0 && bin < BINS) counts[bin]++;
  }
  return counts.map((count) => (count / values.length / (2 * reach)) * BINS);
}

/**
 * @param {string} name
 * @param {Float64Array} bars
 * @param {number} reach
 * @param {Density} density
 */
function panel(name, bars, reach, density) {
  const { width, height, margin } = PANEL;
  const most = 1.25 * Math.max(...bars);
  const atX = (/** @type {number} */ share) => (margin + share * (width - 2 * margin)).toFixed(1);
  const atY = (/** @type {number} */ value) => (height - 24 - (value / most) * (height - 46)).toFixed(1);
  const step = (width - 2 * margin) / BINS;
  const rects = Array.from(bars, (bar, i) => {
    const top = Number(atY(bar));
    return `<rect x="${atX(i / BINS)}" y="${top}" width="${(step * 0.82).toFixed(2)}" height="${(height - 24 - top).toFixed(1)}"/>`;
  });
  const curve = Array.from({ length: 241 }, (_, i) => {
    const x = (i / 240) * 2 * reach - reach;
    return `${i === 0 ? 'M' : 'L'}${atX(i / 240)} ${atY(density(x))}`;
  });
  return `<text x="${margin}" y="18" font-size="13" font-weight="600" fill="#1c2733">${name}</text>
<g fill="#7aa6dd">${rects.join('')}</g><path d="${curve.join('')}" fill="none" stroke="#c2410c" stroke-width="1.6"/>
<g font-size="10" fill="#5b6b7c"><text x="${margin}" y="${height - 10}">${-reach}</text><text x="${width / 2}" y="${height - 10}" text-anchor="middle">0</text><text x="${width - margin}" y="${height - 10}" text-anchor="end">${reach}</text></g>`;
}
