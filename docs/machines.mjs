/**
 * Writes the table of docs/machines.md from the results in docs/machines, which `tensorseed verify --out` and the
 * gallery's "Download JSON" give. `--check` writes nothing, and fails where the table is not of these results.
 *
 *   node docs/machines.mjs [--check]
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const FOLDER = new URL('./machines/', import.meta.url);
const PAGE = new URL('./machines.md', import.meta.url);
const CHECKSUMS = new URL('../src/verify/checksums.json', import.meta.url);
const [BEGIN, END] = ['<!-- The table begins. docs/machines.mjs writes it. -->', '<!-- The table ends. -->'];

/** @typedef {import('../src/verify/machine/report').MachineReport} Report */
/** @typedef {Report['results'][number]} Result */

/** The draws whose speed the table has, in float32 or as words. */
const SPEEDS = [
  { title: 'bits', kind: 'bits', dtype: 'uint32', numbers: {} },
  { title: 'uniform', kind: 'uniform', dtype: 'float32', numbers: { low: 0, high: 1 } },
  { title: 'normal', kind: 'normal', dtype: 'float32', numbers: { mean: 0, stddev: 1 } },
  {
    title: 'truncated normal',
    kind: 'truncated_normal',
    dtype: 'float32',
    numbers: { mean: 0, stddev: 0.05, lower: -2, upper: 2 },
  },
];

const results = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => ({ file, report: readResult(file) }));
const page = readFileSync(PAGE, 'utf8');
const [before, rest] = page.split(BEGIN);
const after = rest?.split(END)[1];
if (after === undefined) throw new Error(`docs/machines.md must have the lines ${BEGIN} and ${END}`);
const table = markdownTable([
  [
    'machine',
    'computed by',
    'result',
    ...SPEEDS.map(({ title }) => title),
    'clock',
    'version',
    'date',
    'file',
  ],
  ...results.map(row),
]);
const written = `${before}${BEGIN}\n\n${table}\n${END}${after}`;
if (!process.argv.includes('--check')) writeFileSync(PAGE, written);
else if (written !== page) {
  console.error('docs/machines.md is not of the results in docs/machines: run node docs/machines.mjs');
  process.exitCode = 1;
}

/**
 * @param {string} file
 * @returns {Report}
 */
function readResult(file) {
  /** @type {Report} */
  const report = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
  if (report.format !== 'tensorseed verify 1')
    throw new Error(`docs/machines/${file} must have the format "tensorseed verify 1"`);
  // What a result says is held against the contract once more.
  const wanted = JSON.parse(readFileSync(CHECKSUMS, 'utf8'));
  for (const { draw, dtype, seed, name, sha256 } of wanted) {
    const found = report.results.find(
      (one) =>
        one.dtype === dtype && one.seed === seed && one.name === name && hasNumbers(one.draw, draw, true),
    );
    if (found === undefined)
      throw new Error(`docs/machines/${file} has no result for ${JSON.stringify(draw)} in ${dtype}`);
    if (found.right !== (found.sha256 === sha256))
      throw new Error(
        `docs/machines/${file} says what its SHA-256 does not: ${JSON.stringify(draw)}, ${dtype}`,
      );
  }
  if (report.right !== report.results.every(({ right }) => right))
    throw new Error(`docs/machines/${file} says what its results do not`);
  return report;
}

/**
 * @param {{ file: string, report: Report }} of
 * @returns {string[]}
 */
function row({ file, report }) {
  const { adapter, description, note, runtime, platform, results, clock, version, date } = report;
  const wrong = results.filter(({ right }) => !right).length;
  const named = adapter === null ? description : nameOf(adapter);
  const software = adapter?.software ? ' (software)' : '';
  const by = [`${runtime.name} ${runtime.version}`, runtime.webgpu, platform.system, platform.architecture];
  return [
    `${note === undefined ? '' : `${escaped(note)}: `}${escaped(named)}${software}`,
    by
      .filter((part) => part !== undefined && part !== '')
      .map((part) => escaped(String(part)))
      .join(', '),
    wrong === 0 ? `all ${results.length} right` : `**${wrong} of ${results.length} wrong**`,
    ...SPEEDS.map((speed) => speedText(results, speed)),
    clock === 'timestamp queries' ? 'GPU' : 'wall',
    escaped(version),
    date.slice(0, 10),
    `\`${file}\``,
  ];
}

/**
 * An adapter in words. Some implementations give numbers in place of names.
 *
 * @param {NonNullable<Report['adapter']>} adapter
 */
function nameOf({ vendor, architecture, device, description }) {
  const isName = (/** @type {string} */ part) => !/^(0x[\da-f]*|\d*)$/i.test(part);
  const family = [vendor, architecture].filter(isName).join(' ');
  const parts = [isName(device) ? device : family, description].filter(isName);
  return parts.join(', ') || 'an adapter without a name';
}

/**
 * @param {Report['results']} results
 * @param {typeof SPEEDS[number]} speed
 */
function speedText(results, { kind, dtype, numbers }) {
  const found = results.find(
    (one) => one.dtype === dtype && hasNumbers(one.draw, { kind, ...numbers }, false),
  );
  if (found?.gigabytesPerSecond === undefined || found.shareOfConstantFill === undefined) return '-';
  const percent = 100 * found.shareOfConstantFill;
  const rounded = percent < 9.95 ? Number(percent.toPrecision(2)) : Math.round(percent);
  return `${Number(found.gigabytesPerSecond.toPrecision(3))} (${rounded} %)`;
}

/**
 * @param {object} draw
 * @param {object} wanted
 * @param {boolean} all whether it may have no others
 */
function hasNumbers(draw, wanted, all) {
  const given = new Map(Object.entries(draw));
  const entries = Object.entries(wanted);
  return (
    entries.every(([name, value]) => given.get(name) === value) && (!all || given.size === entries.length)
  );
}

/**
 * Text as Markdown shows it.
 *
 * @param {string} text
 */
function escaped(text) {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '').replace(/[\\`*_[\]<>|~]/g, (character) => `\\${character}`);
}

/** @param {string[][]} rows the first one has the titles */
function markdownTable(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((cells) => cells[i].length)));
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |\n`;
  const [titles, ...others] = rows.map(line);
  return `${titles}${line(widths.map((width) => '-'.repeat(width)))}${others.join('')}`;
}
