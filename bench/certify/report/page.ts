import { duration, grouped } from '../../../src/text/numbers';
import { type CheckResult, SIGNIFICANCE } from '../check';
import type { Examination } from '../pool';
import { failures, type Verdict } from '../verdict';
import { differenceChart, histogramChart, pValueChart, tailChart } from './charts';
import type { Setting } from './setting';
import { STYLE } from './style';
import { escaped } from './svg';

/** The report as one HTML page that needs nothing else. */
export function page(setting: Setting, verdict: Verdict, examinations: readonly Examination[]): string {
  const sound = examinations.filter(({ subject }) => !subject.broken);
  const broken = examinations.filter(({ subject }) => subject.broken);
  const results = sound.flatMap(({ subject, findings }) =>
    findings.results.map((result) => ({ ...result, subject: subject.name })),
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>tensorseed: statistical certification</title>
<style>${STYLE}</style>
<h1>Statistical certification</h1>
<p class="${verdict.failed === 0 ? 'good' : 'bad'}">${verdict.passed} passed, ${verdict.failed} failed</p>
${conditions(setting, verdict)}
${results.length > 0 ? `<h2>All checks together</h2><figure>${pValueChart(results)}</figure>${list(sound)}` : ''}
${broken.length > 0 ? `<h2>Broken on purpose</h2><p>Each must fail at least one check.</p>${brokenTable(broken)}` : ''}
${examinations.map(section).join('\n')}
</html>
`;
}

function conditions(setting: Setting, { checks, falseAlarm }: Verdict): string {
  const rows: [string, string][] = [
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
  ];
  return `<table>${rows.map(([name, value]) => `<tr><th>${name}<td>${escaped(value)}`).join('')}</table>`;
}

function list(examinations: readonly Examination[]): string {
  const row = (examination: Examination): string => {
    const { subject, findings } = examination;
    const smallest = findings.results.reduce((a, b) => (b.pValue < a.pValue ? b : a));
    const failed = failures(examination).length;
    return `<tr><td><a href="#${subject.name}">${subject.name}</a><td>${escaped(subject.about)}<td class="number">${findings.results.length}<td class="number ${failed ? 'bad' : ''}">${failed}<td class="number">${probability(smallest.pValue)}<td>${escaped(smallest.name)}`;
  };
  return `<table><tr><th>generator<th><th class="number">checks<th class="number">failed<th class="number">smallest p<th>of${examinations.map(row).join('')}</table>`;
}

function brokenTable(examinations: readonly Examination[]): string {
  const row = (examination: Examination): string => {
    const { subject, findings } = examination;
    const caught = failures(examination);
    const by = caught.map(({ name, pValue }) => `${escaped(name)} (${probability(pValue)})`).join(', ');
    return `<tr><td><a href="#${subject.name}">${subject.name}</a><td>${escaped(subject.about)}<td>${
      caught.length > 0
        ? `${caught.length} of ${findings.results.length}: ${by}`
        : '<b class="bad">nothing</b>'
    }`;
  };
  return `<table><tr><th>generator<th>defect<th>caught by${examinations.map(row).join('')}</table>`;
}

function section({ subject, findings: { results, picture }, seconds }: Examination): string {
  const charts =
    picture === undefined
      ? ''
      : [histogramChart, tailChart, differenceChart]
          .map((chart) => `<figure>${chart(picture)}</figure>`)
          .join('');
  return `<h2 id="${subject.name}">${subject.name}</h2><p>${escaped(subject.about)}; ${duration(seconds)}</p>
<div class="charts">${charts}</div>
<details${subject.broken ? '' : ' open'}><summary>${results.length} checks</summary><table><tr><th>check<th class="number">statistic<th class="number">expected<th class="number">p<th>${results.map(checkRow).join('')}</table></details>`;
}

function checkRow({ name, statistic, expected, pValue, passed, detail }: CheckResult): string {
  return `<tr class="${passed ? '' : 'bad'}"><td>${escaped(name)}<td class="number">${number(statistic)}<td class="number">${number(expected)}<td class="number">${probability(pValue)}<td>${escaped(detail)}`;
}

function number(value: number): string {
  return Number.isInteger(value) ? grouped(value) : String(Number(value.toPrecision(6)));
}

function probability(value: number): string {
  return value >= 0.001 || value === 0 ? String(Number(value.toPrecision(3))) : value.toExponential(1);
}
