import { duration, grouped } from '../../../src/text/numbers';
import { type Content, type Html, html } from '../../report/html';
import { reportPage } from '../../report/page';
import { type Cell, factsTable, htmlTable } from '../../report/table';
import type { GoalResult } from '../goals';
import type { Results } from '../results';
import type { Measurement, HostDescription } from '../row';
import {
  COLD_TITLES,
  coldCells,
  contender,
  goalValue,
  milliseconds,
  percent,
  quartiles,
  times,
} from './text';

/** Draws the contenders of a case; see charts.ts. */
export type CaseChart = (name: string, rows: readonly Measurement[]) => Content;

/** The report as one HTML page that needs nothing else. */
export function page(results: Results, draw: CaseChart): string {
  const { rows, hosts } = results;
  const sections = hosts.map((setting) =>
    hostSection(
      setting,
      rows.filter((row) => row.host === setting.host),
      draw,
    ),
  );
  return reportPage('Benchmark', [
    conditions(results),
    rows.length > 0 ? goals(results.goals) : '',
    coldStarts(results),
    sections,
    method(rows),
  ]);
}

function conditions({ conditions, hosts, bundle, notes }: Results): Content {
  const { date, commit, dirty, version, quick, cpu, cores, load, seconds } = conditions;
  const software = hosts.filter((setting) => setting.software && setting.adapter !== null);
  const facts: (readonly [string, string])[] = [
    ['commit', `${commit}${dirty ? ' with changes' : ''}, version ${version}`],
    ['date', date],
    ['processor', `${cpu}, ${cores} cores, load ${load.map((one) => one.toFixed(1)).join(' to ')}`],
    ['time', `${duration(seconds)}${quick ? ', --quick' : ''}`],
    ...hosts.map(
      ({ host, runtime, adapter, driver, features }) =>
        [
          host,
          [runtime, adapter ?? 'no GPU', driver, features.length > 0 ? `with ${features.join(', ')}` : '']
            .filter(Boolean)
            .join(', '),
        ] as const,
    ),
    ...(bundle === null
      ? []
      : [
          [
            'bundle',
            `${grouped(bundle.minified)} bytes minified, ${grouped(bundle.gzip)} with gzip, ${grouped(bundle.brotli)} with brotli`,
          ] as const,
        ]),
    ...notes.map((note) => ['left out', note] as const),
  ];
  const warning =
    software.length > 0
      ? html`<p class="bad">
          ${software.map(({ host }) => host).join(', ')}: the device is a program on the CPU. Its ratios say
          something, its milliseconds nothing about GPUs.
        </p>`
      : '';
  return [warning, factsTable(facts)];
}

function goals(all: readonly GoalResult[]): Html {
  const columns = [
    { title: 'goal' },
    { title: 'host' },
    { title: 'want', isNumber: true },
    { title: 'is', isNumber: true },
    { title: '' },
    { title: 'by' },
  ];
  const rows = all.map((result) => {
    const style = ({ PASS: 'good', MISS: 'bad', 'not measured': undefined } as const)[result.verdict];
    return [
      result.goal,
      result.host ?? '',
      result.want,
      goalValue(result),
      { content: result.verdict, style },
      result.from ?? '',
    ];
  });
  return html`<h2>Goals</h2>
    ${htmlTable(columns, rows)}`;
}

function coldStarts({ coldStarts }: Results): Content {
  if (coldStarts.length === 0) return '';
  const columns = [
    { title: 'host' },
    { title: 'backend' },
    { title: '' },
    { title: 'runs', isNumber: true },
    ...COLD_TITLES.map((title) => ({ title, isNumber: true })),
  ];
  const rows = coldStarts.map((result) => [
    result.host,
    result.backend,
    `${result.runtime}, ${result.description}`,
    result.runs,
    ...coldCells(result),
  ]);
  return html`<h2>Cold start</h2>
    <p>
      The built library in a fresh process, or a fresh page of a warm browser; median milliseconds. Together
      is from Sampler.create until the first 1,000 normals are on the host.
    </p>
    ${htmlTable(columns, rows)}`;
}

function hostSection(
  { host, runtime, adapter, driver }: HostDescription,
  rows: readonly Measurement[],
  draw: CaseChart,
): Html {
  const cases = [...new Set(rows.map((row) => row.case))];
  const sections = cases.map((name) => {
    const own = rows.filter((row) => row.case === name);
    return html`<h3>${name}</h3>
      ${draw(`${host}: ${name}`, own)}${caseTable(own)}`;
  });
  return html`<h2>${host}</h2>
    <p>
      ${[runtime, adapter ?? 'no GPU', driver].filter(Boolean).join(', ')}.
      <span class="key limit">limit</span><span class="key">tensorseed</span
      ><span class="key peer">others</span>
    </p>
    ${sections}`;
}

function caseTable(rows: readonly Measurement[]): Html {
  const numbers = ['ms', 'quartiles', 'GPU ms', 'read ms', 'M/s', 'of fill', 'of bits', 'times ours', 'runs'];
  const columns = [
    { title: 'contender' },
    { title: '' },
    ...numbers.map((title) => ({ title, isNumber: true })),
    { title: 'verified' },
  ];
  const cells = (row: Measurement): Cell[] => {
    const { wall, status, reason } = row;
    if (wall === null) {
      const style = status === 'wrong' || status === 'failed' ? ('bad' as const) : undefined;
      return [contender(row), row.label, { content: `${status}: ${reason}`, style, span: numbers.length }];
    }
    return [
      contender(row),
      row.label,
      milliseconds(wall.median),
      quartiles(wall),
      row.gpu === null ? '-' : milliseconds(row.gpu.median),
      row.readBack === null ? '-' : milliseconds(row.readBack.median),
      grouped(Math.round(row.elementsPerSecond! / 1e6)),
      percent(row.shareOfFill),
      percent(row.shareOfBits),
      times(row.relative),
      row.runs,
      row.verified ?? '',
    ];
  };
  return html`<details>
    <summary>${rows.length} rows</summary>
    ${htmlTable(columns, rows.map(cells))}
  </details>`;
}

function method(rows: readonly Measurement[]): Html {
  const timed = new Map(rows.map((row) => [row.maker, row.timed]));
  return html`<h2>What the clock covers</h2>
    ${factsTable([...timed])}
    <p>
      Milliseconds are medians of wall clock; GPU milliseconds come from timestamp queries at the ends of the
      compute pass, where the device has them. Contenders take turns, each round beginning with another one.
      "of fill" and "of bits" are the rates of a constant fill and of raw Philox words of as many elements,
      measured in the same turns, over the contender's time. "times ours" is time over that of this library's
      exact draw on the GPU (on the CPU where there is no GPU).
    </p>`;
}
