import { printable } from '../../text/printable';
import { table } from '../../text/table';
import type { MachineReport } from '../../verify/machine/report';
import {
  computesText,
  faultText,
  hostText,
  RESULT_COLUMNS,
  resultCells,
  summaryText,
} from '../../verify/machine/words';

/** A report for people. */
export function reportText(report: MachineReport): string {
  const { version, backend, clock, seconds, results } = report;
  const wrong = results.filter(({ right }) => !right);
  return [
    printable(`tensorseed ${version} on ${backend}: ${computesText(report)}`),
    printable(hostText(report)),
    '',
    table(RESULT_COLUMNS, results.map(resultCells)).trimEnd(),
    '',
    ...wrong.map(faultText),
    `${summaryText(report)}; ${seconds.toFixed(1)} s, times by ${clock}`,
  ]
    .map((text) => `${text}\n`)
    .join('');
}
