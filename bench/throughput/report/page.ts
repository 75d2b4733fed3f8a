import { STYLE } from '../../certify/report/style';
import { escaped } from '../../certify/report/svg';
import { duration, grouped } from '../../../src/text/numbers';
import type { GoalResult } from '../goals';
import type { Measurement, Setting } from '../row';
import type { Results } from '../results';
import { caseChart } from './charts';
import { contender, goalValue, milliseconds, percent, PHASE_TITLES, PHASES, quartiles, times } from './text';

const MORE_STYLE = `
.bar.limit { fill: var(--soft); } .bar.peer { fill: var(--law); opacity: 0.75; } figure { max-width: none; margin: 1rem 0; }
.key::before { content: ''; display: inline-block; width: 0.8em; height: 0.8em; margin: 0 0.4em 0 1em; background: var(--bar); }
.key.limit::before { background: var(--soft); } .key.peer::before { background: var(--law); }
`;

/** The report as one HTML page that needs nothing else. */
export function page(results: Results): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>tensorseed: benchmark</title>
<style>${STYLE}${MORE_STYLE}</style>
<h1>Benchmark</h1>
${conditions(results)}
${results.rows.length > 0 ? goals(results.goals) : ''}
${coldStarts(results)}
${results.hosts
  .map((setting) =>
    host(
      setting,
      results.rows.filter((row) => row.host === setting.host),
    ),
  )
  .join('\n')}
${method(results.rows)}
</html>
`;
}

function conditions({ conditions, hosts, bundle, notes }: Results): string {
  const { date, commit, dirty, version, quick, cpu, cores, load, seconds } = conditions;
  const software = hosts.filter((setting) => setting.software && setting.adapter !== null);
  const rows: [string, string][] = [
    ['commit', `${commit}${dirty ? ' with changes' : ''}, version ${version}`],
    ['date', date],
    ['processor', `${cpu}, ${cores} cores, load ${load.map((one) => one.toFixed(1)).join(' to ')}`],
    ['time', `${duration(seconds)}${quick ? ', --quick' : ''}`],
    ...hosts.map(({ host, runtime, adapter, driver, features }): [string, string] => [
      host,
      [runtime, adapter ?? 'no GPU', driver, features.length > 0 ? `with ${features.join(', ')}` : '']
        .filter(Boolean)
        .join(', '),
    ]),
    ...(bundle === null
      ? []
      : [
          [
            'bundle',
            `${grouped(bundle.minified)} bytes minified, ${grouped(bundle.gzip)} with gzip, ${grouped(bundle.brotli)} with brotli`,
          ] as [string, string],
        ]),
    ...notes.map((note): [string, string] => ['left out', note]),
  ];
  const warning =
    software.length > 0
      ? `<p class="bad">${software.map(({ host }) => host).join(', ')}: the device is a program on the CPU. Its ratios say something, its milliseconds nothing about GPUs.</p>`
      : '';
  return `${warning}<table>${rows.map(([name, value]) => `<tr><th>${escaped(name)}<td>${escaped(value)}`).join('')}</table>`;
}

function goals(all: readonly GoalResult[]): string {
  const row = (result: GoalResult): string => {
    const style = { PASS: 'good', MISS: 'bad', 'not measured': '' }[result.verdict];
    return `<tr><td>${escaped(result.goal)}<td>${escaped(result.host ?? '')}<td class="number">${escaped(result.want)}<td class="number">${goalValue(result)}<td class="${style}">${result.verdict}<td>${escaped(result.from ?? '')}`;
  };
  return `<h2>Goals</h2><table><tr><th>goal<th>host<th class="number">want<th class="number">is<th><th>by${all.map(row).join('')}</table>`;
}

function coldStarts({ coldStarts }: Results): string {
  if (coldStarts.length === 0) return '';
  const row = ({ host, runtime, description, runs, phases }: Results['coldStarts'][number]): string =>
    `<tr><td>${escaped(host)}<td>${escaped(`${runtime}, ${description}`)}<td class="number">${runs}${PHASES.map((phase) => `<td class="number">${milliseconds(phases[phase].median)}`).join('')}`;
  return `<h2>Cold start</h2><p>The built library in a fresh process, or a fresh page of a warm browser; median milliseconds.</p>
<table><tr><th>host<th><th class="number">runs${PHASES.map((phase) => `<th class="number">${PHASE_TITLES[phase]}`).join('')}${coldStarts.map(row).join('')}</table>`;
}

function host({ host, runtime, adapter, driver }: Setting, rows: readonly Measurement[]): string {
  const cases = [...new Set(rows.map((row) => row.case))];
  const sections = cases.map((name) => {
    const own = rows.filter((row) => row.case === name);
    return `<h3>${escaped(name)}</h3><figure>${caseChart(`${host}: ${name}`, own)}</figure>${caseTable(own)}`;
  });
  return `<h2>${escaped(host)}</h2><p>${escaped([runtime, adapter ?? 'no GPU', driver].filter(Boolean).join(', '))}.
<span class="key limit">limit</span><span class="key">tensorseed</span><span class="key peer">others</span></p>${sections.join('\n')}`;
}

function caseTable(rows: readonly Measurement[]): string {
  const row = (one: Measurement): string => {
    const head = `<tr><td>${escaped(contender(one))}<td>${escaped(one.label)}`;
    if (one.wall === null)
      return `${head}<td colspan="9" class="${one.status === 'wrong' || one.status === 'failed' ? 'bad' : ''}">${escaped(`${one.status}: ${one.reason}`)}`;
    const numbers = [
      milliseconds(one.wall.median),
      quartiles(one.wall),
      one.gpu === null ? '-' : milliseconds(one.gpu.median),
      one.readBack === null ? '-' : milliseconds(one.readBack.median),
      grouped(Math.round(one.elementsPerSecond! / 1e6)),
      percent(one.shareOfFill),
      percent(one.shareOfBits),
      times(one.relative),
      String(one.runs),
    ];
    return (
      head +
      numbers.map((number) => `<td class="number">${number}`).join('') +
      `<td>${escaped(one.verified ?? '')}`
    );
  };
  const titles = ['ms', 'quartiles', 'GPU ms', 'read ms', 'M/s', 'of fill', 'of bits', 'times ours', 'runs'];
  return `<details><summary>${rows.length} rows</summary><table><tr><th>contender<th>${titles.map((title) => `<th class="number">${title}`).join('')}<th>verified${rows.map(row).join('')}</table></details>`;
}

function method(rows: readonly Measurement[]): string {
  const timed = new Map(rows.map((row) => [row.maker, row.timed]));
  return `<h2>What the clock covers</h2><table>${[...timed].map(([maker, words]) => `<tr><th>${escaped(maker)}<td>${escaped(words)}`).join('')}</table>
<p>Milliseconds are medians of wall clock; GPU milliseconds come from timestamp queries at the ends of the compute pass, where the device has them.
Contenders take turns, each round beginning with another one. "of fill" and "of bits" are the rates of a constant fill and of raw Philox words of as many elements, measured in the same
turns, over the contender's time. "times ours" is time over that of this library's exact draw on the GPU (on the CPU where there is no GPU).</p>`;
}
