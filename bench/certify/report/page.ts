import { duration, grouped } from '../../../src/text/numbers';
import { type Html, html } from '../../report/html';
import { reportPage } from '../../report/page';
import { factsTable, htmlTable } from '../../report/table';
import { type CheckResult, SIGNIFICANCE } from '../check';
import type { Examination } from '../pool';
import { failures, type Verdict } from '../verdict';
import { differenceChart, histogramChart, pValueChart, tailChart } from './charts';
import type { Setting } from './setting';

/** The report as one HTML page that needs nothing else. */
export function page(setting: Setting, verdict: Verdict, examinations: readonly Examination[]): string {
  const sound = examinations.filter(({ subject }) => !subject.broken);
  const broken = examinations.filter(({ subject }) => subject.broken);
  const results = sound.flatMap(({ subject, findings }) =>
    findings.results.map((result) => ({ ...result, subject: subject.name })),
  );
  const style = verdict.failed === 0 ? 'good' : 'bad';
  return reportPage(
    'Statistical certification',
    html`<p class="${style}">${verdict.passed} passed, ${verdict.failed} failed</p>
      ${conditions(setting, verdict)}
      ${
        results.length > 0
          ? html`<h2>All checks together</h2>
              ${pValueChart(results)}${soundTable(sound)}`
          : ''
      }
      ${
        broken.length > 0
          ? html`<h2>Broken on purpose</h2>
              <p>Each must fail at least one check.</p>
              ${brokenTable(broken)}`
          : ''
      }
      ${examinations.map(section)}`,
  );
}

function conditions(setting: Setting, { checks, falseAlarm }: Verdict): Html {
  return factsTable([
    [
      'elements per distribution',
      `${grouped(setting.rows * setting.columns)} as [${setting.rows}, ${setting.columns}]`,
    ],
    [
      'significance',
      `${SIGNIFICANCE} for each of ${checks} checks; any false alarm: at most ${falseAlarm.toExponential(1)}`,
    ],
    ['seed', setting.seed],
    ['backend', `${setting.backend}, ${setting.description}`],
    ['commit', setting.commit],
    ['date', setting.date],
    ['Node', setting.node],
    ['time', duration(setting.seconds)],
  ]);
}

function soundTable(examinations: readonly Examination[]): Html {
  const columns = [
    { title: 'generator' },
    { title: '' },
    { title: 'checks', isNumber: true },
    { title: 'failed', isNumber: true },
    { title: 'smallest p', isNumber: true },
    { title: 'of' },
  ];
  const rows = examinations.map((examination) => {
    const { subject, findings } = examination;
    const smallest = findings.results.reduce((a, b) => (b.pValue < a.pValue ? b : a));
    const failed = failures(examination).length;
    return [
      link(subject.name),
      subject.about,
      findings.results.length,
      failed > 0 ? { content: failed, style: 'bad' as const } : failed,
      probability(smallest.pValue),
      smallest.name,
    ];
  });
  return htmlTable(columns, rows);
}

function brokenTable(examinations: readonly Examination[]): Html {
  const rows = examinations.map((examination) => {
    const { subject, findings } = examination;
    const caught = failures(examination);
    const by = caught.map(({ name, pValue }) => `${name} (${probability(pValue)})`).join(', ');
    return [
      link(subject.name),
      subject.about,
      caught.length > 0
        ? `${caught.length} of ${findings.results.length}: ${by}`
        : { content: html`<b>nothing</b>`, style: 'bad' as const },
    ];
  });
  return htmlTable([{ title: 'generator' }, { title: 'defect' }, { title: 'caught by' }], rows);
}

function link(name: string): Html {
  return html`<a href="#${name}">${name}</a>`;
}

function section({ subject, findings: { results, chartData }, seconds }: Examination): Html {
  const charts =
    chartData === undefined
      ? []
      : [histogramChart, tailChart, differenceChart].map((chart) => chart(chartData));
  const isOpen = subject.broken ? '' : html` open`;
  return html`<h2 id="${subject.name}">${subject.name}</h2>
    <p>${subject.about}; ${duration(seconds)}</p>
    <div class="charts">${charts}</div>
    <details${isOpen}>
      <summary>${results.length} checks</summary>
      ${checkTable(results)}
    </details>`;
}

function checkTable(results: readonly CheckResult[]): Html {
  const columns = [
    { title: 'check' },
    { title: 'statistic', isNumber: true },
    { title: 'expected', isNumber: true },
    { title: 'p', isNumber: true },
    { title: '' },
  ];
  const rows = results.map(({ name, statistic, expected, pValue, passed, detail }) => {
    const cells = [name, number(statistic), number(expected), probability(pValue), detail];
    return passed ? cells : cells.map((content) => ({ content, style: 'bad' as const }));
  });
  return htmlTable(columns, rows);
}

function number(value: number): string {
  return Number.isInteger(value) ? grouped(value) : String(Number(value.toPrecision(6)));
}

function probability(value: number): string {
  return value >= 0.001 || value === 0 ? String(Number(value.toPrecision(3))) : value.toExponential(1);
}
