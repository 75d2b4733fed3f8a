import { duration } from '../../../src/text/numbers';
import { table } from '../../../src/text/table';
import type { GoalResult } from '../goals';
import type { Measurement, Row } from '../row';
import type { ColdStartResult, Results } from '../results';
import type { Spread } from '../spread';

/** 0.0123, 1.23, 12.3, 123. */
export function milliseconds(value: number): string {
  if (value >= 99.95) return value.toFixed(0);
  return value.toPrecision(3);
}

export function percent(value: number | null): string {
  return value === null ? '-' : `${(100 * value).toFixed(value < 0.0995 ? 1 : 0)} %`;
}

export function times(value: number | null): string {
  return value === null ? '-' : value.toFixed(value < 9.95 ? 2 : value < 99.5 ? 1 : 0);
}

export function quartiles(spread: Spread | null): string {
  return spread === null
    ? '-'
    : `${milliseconds(spread.lowerQuartile)} to ${milliseconds(spread.upperQuartile)}`;
}

/** Who, and in what way; the draw where it is not the case's own. */
export function contender({ maker, role, draw, dtype, math, stream, dispatch }: Row): string {
  const own = role === 'peer' ? [] : [math === 'native' ? 'native' : '', dtype, stream ?? '', dispatch ?? ''];
  return [role === 'limit' ? `limit: ${draw},` : '', maker, ...own].filter((word) => word !== '').join(' ');
}

/** What was measured, as text for a terminal. */
export function text(results: Results): string {
  const parts = results.hosts.map(({ host, runtime, adapter, driver, software }) => {
    const device =
      adapter === null
        ? 'no GPU'
        : [adapter, driver, software ? 'a software driver' : 'a GPU'].filter(Boolean).join(', ');
    const own = results.rows.filter((row) => row.host === host);
    return `${host}: ${runtime}, ${device}\n${rows(own.filter((row) => !isLeftOut(row)))}${leftOut(own.filter(isLeftOut))}`;
  });
  if (results.coldStarts.length > 0)
    parts.push(`cold start to the first 1,000 normals, median ms\n${coldStarts(results.coldStarts)}`);
  if (results.bundle !== null) {
    const { minified, gzip, brotli } = results.bundle;
    parts.push(`bundle size: ${minified} bytes minified, ${gzip} with gzip, ${brotli} with brotli\n`);
  }
  if (results.rows.length > 0) parts.push(`goals\n${goals(results.goals)}`);
  const { commit, dirty, cores, load, seconds, quick } = results.conditions;
  parts.push(
    `${commit}${dirty ? ' with changes' : ''}${quick ? ', --quick' : ''}, ${cores} cores, load ${load.map((one) => one.toFixed(1)).join(' to ')}, ${duration(seconds)}\n`,
  );
  return parts.join('\n');
}

function rows(all: readonly Measurement[]): string {
  return table(
    [
      { title: 'case' },
      { title: 'contender' },
      { title: 'ms', right: true },
      { title: 'quartiles', right: true },
      { title: 'GPU ms', right: true },
      { title: 'read ms', right: true },
      { title: 'of fill', right: true },
      { title: 'of bits', right: true },
      { title: 'times ours', right: true },
      { title: 'runs', right: true },
    ],
    all.map((row) =>
      row.wall === null
        ? [row.case, contender(row), `${row.status}: ${row.reason}`, '', '', '', '', '', '', '']
        : [
            row.case,
            contender(row),
            milliseconds(row.wall.median),
            quartiles(row.wall),
            row.gpu ? milliseconds(row.gpu.median) : '-',
            row.readBack ? milliseconds(row.readBack.median) : '-',
            percent(row.shareOfFill),
            percent(row.shareOfBits),
            times(row.relative),
            String(row.runs),
          ],
    ),
  );
}

function isLeftOut({ status }: Row): boolean {
  return status === 'absent' || status === 'left out';
}

/** Why rows are missing, a line for each reason. */
function leftOut(all: readonly Row[]): string {
  const reasons = new Map<string, string[]>();
  for (const row of all)
    reasons.set(row.reason!, [...(reasons.get(row.reason!) ?? []), `${row.case} ${row.maker}`]);
  return [...reasons]
    .map(
      ([reason, [first, ...more]]) =>
        `not measured: ${first}${more.length > 0 ? ` and ${more.length} more` : ''}: ${reason}\n`,
    )
    .join('');
}

function coldStarts(all: readonly ColdStartResult[]): string {
  const cells = (result: ColdStartResult): string[] => [result.host, result.backend, ...coldCells(result)];
  return table(
    [{ title: 'host' }, { title: 'backend' }, ...COLD_TITLES.map((title) => ({ title, right: true }))],
    all.map(cells),
  );
}

/** The columns of `coldCells`. */
export const COLD_TITLES = ['import', 'create', 'fill', 'data', 'together', 'CPU'] as const;

/** The phases of a cold start, the time from `create` on, and that of processors. */
export function coldCells({ phases, cpu }: ColdStartResult): string[] {
  const medians = [phases.import, phases.create, phases.fill, phases.data, phases.total, cpu];
  return medians.map((spread) => (spread === null ? '-' : milliseconds(spread.median)));
}

export function goalValue({ value, want }: GoalResult): string {
  return value === null ? '-' : want.startsWith('>= 0.') ? percent(value) : times(value);
}

function goals(all: readonly GoalResult[]): string {
  return table(
    [
      { title: 'goal' },
      { title: 'host' },
      { title: 'want', right: true },
      { title: 'is', right: true },
      { title: '' },
      { title: 'by' },
    ],
    all.map((result) => [
      result.goal,
      result.host ?? '-',
      result.want,
      goalValue(result),
      result.verdict,
      result.from ?? '',
    ]),
  );
}
