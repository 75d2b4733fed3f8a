import { duration, plural } from '../../src/text/numbers';
import { printable } from '../../src/text/printable';
import { table } from '../../src/text/table';
import { milliseconds, percent, quartiles, times } from '../throughput/report/text';
import type { FrameworkResult, FrameworkRow } from './frameworks';
import type { PartName } from './items';
import type { GpuResults } from './results';
import type { Limit, Row } from './row';

/** What a call of a framework's draws, by the name that a row of ours begins with. */
const SAME_DRAW: Readonly<Record<string, string>> = {
  fill_: 'constant',
  full: 'constant',
  uniform_: 'uniform',
  'random.uniform': 'uniform',
  normal_: 'normal',
  'random.normal': 'normal',
  trunc_normal_: 'truncated normal',
  'random.truncated_normal': 'truncated normal',
};

/** What was not measured for one reason is named up to so many; the results have all. */
const MOST_NAMES = 20;

/** What was measured, as text for a terminal. */
export function summary(results: GpuResults): string {
  const { rows, frameworks } = results;
  const of = (...parts: PartName[]): Row[] =>
    rows.filter(({ part, speed }) => parts.includes(part) && speed !== null);
  const sections = [
    head(results),
    contract(results),
    speeds('kernels, beside a constant fill and a copy of as many bytes', of('kernels', 'large')),
    speeds('orthogonal matrices', of('orthogonal')),
    speeds('models, beside a constant fill of as many bytes', of('models')),
    ...of('models').map(({ name, note }) => `${name}: ${note}\n`),
    ...frameworks.map((framework) => frameworkText(framework, rows)),
    missing(results),
    foot(results),
  ];
  return sections.filter((text) => text !== '').join('\n');
}

/** In several lines, since nobody may take these times for those of a card. */
export function softwareWarning(name: string): string {
  const line = '*'.repeat(72);
  return [
    line,
    '*** NO CARD: a driver that computes on the CPU was measured.',
    `*** ${printable(name)}`,
    '*** The bits mean something, the times do not.',
    line,
    '',
  ].join('\n');
}

/** The name of the card and its driver. */
export function nameOf({ adapter, description }: GpuResults['card']): string {
  const api = [adapter.api, adapter.driver].filter((part) => part !== undefined).join(', ');
  return description + (api === '' ? '' : ` (${api})`);
}

function head({ card, software, conditions, driver, settlings }: GpuResults): string {
  const { commit, dirty, node, webgpu, system, cpu, cores } = conditions;
  const [settling] = settlings;
  const lines = [
    ...(software ? [softwareWarning(nameOf(card)).trimEnd()] : []),
    `card: ${printable(nameOf(card))}`,
    `driver from ${driver.from}${driver.kernel === null ? '' : `; kernel: ${driver.kernel}`}`,
    `${system}, ${cpu}, ${cores} cores; Node ${node}, webgpu ${webgpu ?? 'of unknown version'}; ${commit}${dirty ? ' with changes' : ''}`,
    card.timestamps
      ? 'times are those of timestamp queries, to the nanosecond as far as the card goes, unless a row says wall'
      : 'the adapter has no timestamp queries: all times are those of the wall clock',
    ...(settling === undefined
      ? []
      : [
          `warm-up: ${duration(settling.seconds)}, the same work ${milliseconds(settling.first)} ms at first, ` +
            `${milliseconds(settling.last)} ms at last, ${settling.settled ? 'settled' : 'NOT SETTLED'}`,
        ]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function contract({ rows }: GpuResults): string {
  const own = rows.filter(({ part }) => part === 'contract');
  if (own.length === 0) return '';
  const right = own.filter(({ status }) => status === 'measured').length;
  const bad = own.filter(({ status }) => status === 'wrong' || status === 'failed');
  const rest = own.length - right - bad.length;
  const all = rest === 0 && bad.length === 0 ? 'all ' : '';
  return [
    `contract: ${all}${plural(right, 'tensor')} right` +
      (bad.length > 0 ? `, ${bad.length} WRONG OR BROKEN` : '') +
      (rest > 0 ? `, ${rest} not examined` : ''),
    ...bad.map(({ name, status, reason }) => `  ${status}: ${name}: ${reason}`),
  ]
    .map((line) => `${printable(line)}\n`)
    .join('');
}

function speeds(title: string, rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const of = (limit: Limit | null): string => (limit === null ? '-' : percent(limit.share));
  const cells = rows.map(({ name, speed }) => {
    const { time, clock, runs, gigabytesPerSecond, gigaelementsPerSecond, constant, copy } = speed!;
    return [
      name,
      milliseconds(time.median),
      quartiles(time),
      figure(gigabytesPerSecond),
      figure(gigaelementsPerSecond),
      of(constant),
      of(copy),
      clock === 'wall clock' ? 'wall' : 'GPU',
      String(runs),
    ];
  });
  const columns = [
    { title: '' },
    { title: 'ms', right: true },
    { title: 'quartiles', right: true },
    { title: 'GB/s', right: true },
    { title: 'G elements/s', right: true },
    { title: 'of constant', right: true },
    { title: 'of copy', right: true },
    { title: 'clock' },
    { title: 'runs', right: true },
  ];
  return `${title}\n${table(columns, cells)}`;
}

function frameworkText(result: GpuResults['frameworks'][number], rows: readonly Row[]): string {
  const { name, version, device, platform, clock, reason, sameCard } = result;
  const why = reason === null ? '' : `${name}: ${reason}\n`;
  if (device === null) return printable(why.trimEnd() || `${name}: nothing was measured`) + '\n';
  const same =
    sameCard === null
      ? ''
      : sameCard
        ? ', the same card'
        : ', NOT THE SAME CARD as the one above, by its name';
  const measured = result.rows.filter(({ status }) => status === 'measured');
  const cells = measured.map((row) => {
    const { call, dtype, elements, bytes, milliseconds: time, runs } = row;
    const ours = ourTime(row, rows);
    return [
      call,
      dtype,
      elementsText(elements),
      milliseconds(time!.median),
      `${milliseconds(time!.lowerQuartile)} to ${milliseconds(time!.upperQuartile)}`,
      figure((bytes ?? 0) / time!.median / 1e6),
      ours === undefined ? '-' : times(time!.median / ours),
      String(runs),
    ];
  });
  const columns = [
    { title: '' },
    { title: 'dtype' },
    { title: 'elements' },
    { title: 'ms', right: true },
    { title: 'quartiles', right: true },
    { title: 'GB/s', right: true },
    { title: 'times ours', right: true },
    { title: 'runs', right: true },
  ];
  return `${printable(`${name} ${version} on ${device} (${platform})${same}; clock: ${clock}`)}\n${table(columns, cells)}${printable(why.trimEnd())}${why === '' ? '' : '\n'}`;
}

/** Milliseconds of the same fill by this library, where it was measured. */
function ourTime({ call, dtype, elements }: FrameworkRow, rows: readonly Row[]): number | undefined {
  const draw = call === 'orthogonal' ? call : SAME_DRAW[call];
  const row = rows.find(
    ({ part, name, speed }) =>
      speed !== null &&
      draw !== undefined &&
      part !== 'models' &&
      speed.dtype === dtype &&
      speed.elements === elements &&
      (call === 'orthogonal' ? name.startsWith('orthogonal') : name.startsWith(`${draw} ${dtype}`)),
  );
  return row?.speed?.time.median;
}

/** 2^24, or 512 x 512, or 1000. */
function elementsText(elements: number): string {
  const log2 = Math.log2(elements);
  return Number.isInteger(log2) ? `2^${log2}` : String(elements);
}

/** What was not measured: a line for each reason. */
function missing({ rows, frameworks }: GpuResults): string {
  const reasons = new Map<string, string[]>();
  const add = (reason: string, name: string): void =>
    void reasons.set(reason, [...(reasons.get(reason) ?? []), name]);
  for (const { part, name, status, reason } of rows)
    if (status !== 'measured' && (part !== 'contract' || status === 'left out'))
      add(`${status}: ${reason}`, name);
  for (const { name, rows: calls } of frameworks as readonly FrameworkResult[])
    for (const { call, dtype, elements, status, reason } of calls)
      if (status !== 'measured')
        add(`${status}: ${reason}`, `${name} ${call} ${dtype} ${elementsText(elements)}`);
  const text = ([reason, names]: [string, string[]]): string => {
    const more = names.length - MOST_NAMES;
    const shown = names.slice(0, MOST_NAMES).join('; ');
    return `${reason}: ${shown}${more > 0 ? ` and ${more} more, which results.json names` : ''}`;
  };
  return [...reasons].map((one) => `${printable(text(one))}\n`).join('');
}

function foot({ conditions, times: parts, faults, complete }: GpuResults): string {
  const { seconds, minutes, load } = conditions;
  const shares = parts.map(
    ({ part, taken, allowed }) => `${part} ${taken.toFixed(0)} of ${allowed.toFixed(0)} s`,
  );
  return [
    ...faults.map((fault) => `fault: ${fault}`),
    `${complete ? '' : 'NOT COMPLETE, '}${duration(seconds)} of ${minutes} min (${shares.join(', ')}); load ${load.map((one) => one.toFixed(1)).join(' to ')}`,
  ]
    .map((line) => `${printable(line)}\n`)
    .join('');
}

const figure = (value: number): string => (value >= 999.5 ? value.toFixed(0) : value.toPrecision(3));
