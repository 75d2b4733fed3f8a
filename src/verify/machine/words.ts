import { describe } from '../../backends/gpu/device/describe';
import type { MachineReport, ReportedResult } from './report';

/** Where a matrix lies in its tensor, which the shape says already. */
const PLACE = ['rows', 'columns', 'offset'];

/** A draw in words: `normal, mean 0, stddev 1`. */
export function drawText({ kind, ...numbers }: ReportedResult['draw']): string {
  const words = kind.replaceAll('_', ' ');
  const shown = Object.entries(numbers).filter(([name]) => !PLACE.includes(name));
  return [words, ...shown.map(([name, value]) => `${name} ${value}`)].join(', ');
}

/** What computed, in one line. */
export function computesText({ adapter, description }: MachineReport): string {
  if (adapter === null) return description;
  const driver = [adapter.api, adapter.driver].filter((part) => part !== undefined).join(', ');
  // The program that reads a report is not the one that gave the adapter no name.
  return (
    describe(adapter, {}) +
    (driver === '' ? '' : ` (${driver})`) +
    (adapter.software ? ', a driver that computes on the CPU' : '')
  );
}

/** The columns of a table of results. Those with numbers are aligned to the right. */
export const RESULT_COLUMNS: readonly { readonly title: string; readonly right?: boolean }[] = [
  { title: 'draw' },
  { title: 'dtype' },
  { title: 'shape' },
  { title: 'checked by' },
  { title: 'GB/s', right: true },
  { title: 'of a constant fill', right: true },
  { title: 'bits' },
];

const CHECKS = { checksum: 'checksum', bits: 'reference', bound: 'reference, within a bound' } as const;

/** A row of that table. */
export function resultCells(result: ReportedResult): string[] {
  const { draw, dtype, shape, check, right, gigabytesPerSecond, shareOfConstantFill } = result;
  return [
    drawText(draw),
    dtype,
    `[${shape.join(', ')}]`,
    CHECKS[check],
    gigabytesPerSecond?.toPrecision(3) ?? '-',
    shareOfConstantFill === undefined ? '-' : percentText(shareOfConstantFill),
    right ? 'right' : 'WRONG',
  ];
}

function percentText(share: number): string {
  const percent = 100 * share;
  return `${percent < 9.95 ? Number(percent.toPrecision(2)) : Math.round(percent)} %`;
}

/** What is wrong with a result that is not right. */
export function faultText({ draw, dtype, firstWrong, sha256 }: ReportedResult): string {
  const where =
    firstWrong === undefined
      ? 'no element differs from the CPU reference'
      : `element ${firstWrong.element} is ${firstWrong.got}, not ${firstWrong.want}`;
  const hash = sha256 === undefined ? '' : `; the SHA-256 is ${sha256}`;
  return `${drawText(draw)}, ${dtype}: ${where}${hash}`;
}

/** The result of all of it: `all 33 tensors are right`. */
export function summaryText({ results }: Pick<MachineReport, 'results'>): string {
  const wrong = results.filter(({ right }) => !right).length;
  const [is, noun] = [wrong === 1 ? 'is' : 'are', results.length === 1 ? 'tensor' : 'tensors'];
  return wrong === 0
    ? `all ${results.length} ${noun} are right`
    : `${wrong} of ${results.length} ${noun} ${is} wrong`;
}

/** The runtime and the platform: `Node 20.20.2 with webgpu 0.6.2, linux 6.1 x64`. */
export function hostText({ runtime, platform }: Pick<MachineReport, 'runtime' | 'platform'>): string {
  const { name, version, webgpu } = runtime;
  const made = [name, version].filter((part) => part !== '').join(' ');
  const on = [platform.system, platform.architecture].filter((part) => part !== '').join(' ');
  return [webgpu === undefined ? made : `${made} with ${webgpu}`, on]
    .filter((part) => part !== '')
    .join(', ');
}
