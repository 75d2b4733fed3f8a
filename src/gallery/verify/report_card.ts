import { printable } from '../../text/printable';
import type { MachineReport } from '../../verify/machine/report';
import {
  computesText,
  faultText,
  hostText,
  RESULT_COLUMNS,
  resultCells,
  summaryText,
} from '../../verify/machine/words';
import { element } from '../dom';
import './verify.css';

/** A report as a visitor reads it. Its texts may be a stranger's. */
export function reportCard(report: MachineReport): HTMLElement {
  const { right, backend, version, date, note, clock, seconds, results } = report;
  const wrong = results.filter((result) => !result.right);
  return element(
    'div',
    { class: 'report' },
    element(
      'p',
      { class: `verdict ${right ? 'same' : 'different'}`, role: 'status' },
      `${sentence(summaryText(report))}.`,
    ),
    element('p', { class: 'report-machine' }, printable(`${backend.toUpperCase()}: ${computesText(report)}`)),
    ...(note === undefined || note === '' ? [] : [element('p', { class: 'report-note' }, printable(note))]),
    element(
      'p',
      { class: 'made' },
      `${printable(hostText(report))} · tensorseed ${printable(version)} · ${date} · ` +
        `${seconds.toFixed(1)} s · times by ${clock}`,
    ),
    ...wrong.map((result) => element('p', { class: 'fault' }, printable(faultText(result)))),
    element(
      'div',
      { class: 'scroll tall', tabindex: 0, role: 'region', 'aria-label': 'The tensors, a table' },
      resultsTable(results),
    ),
  );
}

const sentence = (words: string): string => words[0].toUpperCase() + words.slice(1);

function resultsTable(results: MachineReport['results']): HTMLElement {
  const classOf = (i: number): string | undefined => (RESULT_COLUMNS[i].right ? 'right' : undefined);
  const head = RESULT_COLUMNS.map(({ title }, i) =>
    element('th', { scope: 'col', class: classOf(i) }, title),
  );
  const rows = results.map((result) =>
    element(
      'tr',
      { class: result.right ? undefined : 'wrong' },
      ...resultCells(result).map((cell, i) => element('td', { class: classOf(i) }, printable(cell))),
    ),
  );
  return element(
    'table',
    {},
    element('caption', { class: 'visually-hidden' }, 'What was computed, and whether it is right'),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows),
  );
}
