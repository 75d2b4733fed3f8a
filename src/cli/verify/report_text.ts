import { printable } from '../../text/printable';
import { table } from '../../text/table';
import type { MachineReport } from '../../verify/machine/report';
import {
  adapterText,
  faultText,
  hostText,
  RESULT_COLUMNS,
  resultCells,
  summaryText,
} from '../../verify/machine/words';

/** A report for people. */
export function reportText(report: MachineReport): string {
  const { version, adapter, description, clock, seconds, results } = report;
  const computes = adapter === null ? description : (adapterText(adapter) ?? 'an adapter without a name');
  const software = adapter?.software ? ', which computes on the CPU' : '';
  const wrong = results.filter(({ right }) => !right);
  return [
    printable(`tensorseed ${version} on ${report.backend}: ${computes}${software}`),
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
