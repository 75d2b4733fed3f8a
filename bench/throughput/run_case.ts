import { oneLine } from '../../src/cli/faults';
import { alternate } from './alternate';
import { type Case, elementsOf, type Entry } from './case';
import { Memory } from './memory';
import type { Contender, Maker, Timing } from './makers/maker';
import { Absent, DoesNotFit, WrongValues } from './reasons';
import type { Row } from './row';
import { spreadOf } from './spread';
import { bytesOf } from './tensors';

/** What runs cases, in Node or in a page. */
export interface Host {
  readonly device: GPUDevice | undefined;
  readonly makers: Readonly<Record<string, Maker>>;
  /** Bytes of memory that are free; undefined where nobody tells. */
  freeMemory?(): number;
}

/** Nanoseconds that an element took in earlier cases, by contender. */
export type Paces = Readonly<Record<string, number>>;

/** Of fewer elements the time is mostly that of the call, and foretells nothing. */
const FORETELLING = 2 ** 23;

/** What a row foretells of larger cases; nothing where it is of a small one, or was not measured. */
export function pacesOf(row: Row): Paces {
  return row.wall === null || row.elements < FORETELLING
    ? {}
    : { [idOf(row)]: (1e6 * row.wall.min) / row.elements };
}

/** Reading back is measured so often, and not longer than so many milliseconds. */
const READ_RUNS = 3;
const READ_MS = 300;

/**
 * Warming up may take so many times a case's seconds, and so many more; contenders whose turn
 * comes later are left out, so that a busy machine costs peers, which stand last, and not the case.
 */
const WARM_UP = { factor: 2, seconds: 20 };

/**
 * Verifies, warms up and measures the contenders of a case.
 * @param report called with each row as soon as it is there
 */
export async function runCase(host: Host, of: Case, paces: Paces, report: (row: Row) => void): Promise<void> {
  const memory = new Memory(host.device, Math.max(...of.entries.map((entry) => bytesOf(entry, of))));
  const open = new Map<Entry, Opened>();
  const rows: Row[] = [];
  const begin = performance.now();
  const done = (row: Row): void => {
    rows.push(row);
    report(row);
  };
  try {
    for (const entry of takingPart(host, of)) {
      if (entry.once) continue;
      try {
        const seconds = (performance.now() - begin) / 1000;
        if (seconds > WARM_UP.factor * of.seconds + WARM_UP.seconds)
          throw new DoesNotFit('the time for this case was over');
        checkFit(host, entry, of, paces);
        open.set(entry, await warmUp(host, entry, of, memory));
      } catch (error) {
        done(notMeasured(host, entry, of, error));
      }
    }
    const entries = [...open.keys()];
    const runs = await alternate(
      [...open.values()].map(({ contender }) => contender),
      1000 * of.seconds,
    );
    for (const [i, entry] of entries.entries()) {
      const { timings, fault } = runs[i];
      const opened = open.get(entry)!;
      if (fault === undefined) done(measured(host, entry, of, opened, timings, rows));
      else done(notMeasured(host, entry, of, fault));
    }
    for (const entry of takingPart(host, of))
      if (entry.once) done(await runOnce(host, entry, of, memory, rows));
  } finally {
    for (const { contender } of open.values()) await contender.close();
    memory.free();
  }
}

function takingPart({ makers }: Host, of: Case): Entry[] {
  return of.entries.filter(({ maker }) => Object.hasOwn(makers, maker));
}

interface Opened {
  readonly contender: Contender;
  readonly verified: string;
  /** Milliseconds of reading all values back. */
  readonly reads: readonly number[];
}

/** The first run, whose values are verified and read back. */
async function warmUp(host: Host, entry: Entry, of: Case, memory: Memory): Promise<Opened> {
  const contender = await host.makers[entry.maker].open(entry, of, memory);
  try {
    await contender.run();
    return { contender, verified: await contender.verify(), reads: await readBacks(contender) };
  } catch (error) {
    await contender.close();
    throw error;
  }
}

/** Times the only run, and verifies its values then. */
async function runOnce(
  host: Host,
  entry: Entry,
  of: Case,
  memory: Memory,
  rows: readonly Row[],
): Promise<Row> {
  try {
    const contender = await host.makers[entry.maker].open(entry, of, memory);
    try {
      const timing = await contender.run();
      return measured(
        host,
        entry,
        of,
        { contender, verified: await contender.verify(), reads: await readBacks(contender) },
        [timing],
        rows,
      );
    } finally {
      await contender.close();
    }
  } catch (error) {
    return notMeasured(host, entry, of, error);
  }
}

async function readBacks({ readBack }: Contender): Promise<number[]> {
  const samples: number[] = [];
  if (readBack === undefined) return samples;
  for (let spent = 0; samples.length < READ_RUNS && spent < READ_MS;) {
    const begin = performance.now();
    await readBack();
    samples.push(performance.now() - begin);
    spent += samples[samples.length - 1];
  }
  return samples;
}

/** Space for the tensor in the process, and once more for what the contender itself needs. */
const COPIES = 2.5;
/** Tensors of fewer bytes are never too large. */
const LARGE = 2 ** 28;

/** @throws DoesNotFit where memory, or the time that earlier cases foretell, would not do */
function checkFit(host: Host, entry: Entry, of: Case, paces: Paces): void {
  const bytes = bytesOf(entry, of);
  const free = host.freeMemory?.();
  if (bytes > LARGE && free !== undefined && COPIES * bytes > free) {
    throw new DoesNotFit(
      `it would need about ${gigabytes(COPIES * bytes)} of memory, ${gigabytes(free)} are free`,
    );
  }
  const seconds = ((paces[idOf(entry)] ?? 0) * elementsOf(of)) / 1e9;
  if (seconds > of.seconds / 3)
    throw new DoesNotFit(
      `a run would take about ${seconds.toFixed(0)} s, of ${of.seconds} s for all contenders`,
    );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

function idOf({ maker, draw, dtype, math, stream }: Entry): string {
  return [maker, draw, dtype, math, ...(stream === undefined ? [] : [stream])].join(' ');
}

function measured(
  host: Host,
  entry: Entry,
  of: Case,
  { contender, verified, reads }: Opened,
  timings: readonly Timing[],
  before: readonly Row[],
): Row {
  const wall = spreadOf(timings.map((timing) => timing.wall));
  const gpu = timings.flatMap((timing) => timing.gpu ?? []);
  const elements = elementsOf(of);
  return {
    ...common(host, entry, of),
    stoppedAfter: null,
    label: contender.label,
    status: 'measured',
    reason: null,
    verified,
    runs: timings.length,
    wall,
    gpu: gpu.length > 0 ? spreadOf(gpu) : null,
    readBack: reads.length > 0 ? spreadOf(reads) : null,
    elementsPerSecond: (1000 * elements) / wall.median,
    ...ratios(host, entry, wall.median, before),
  };
}

/**
 * The limits stand first in a case and this library's exact
 * draw next, so that they are among the rows `before`.
 */
function ratios(
  { device }: Host,
  { maker, role, draw, dtype, math }: Entry,
  median: number,
  before: readonly Row[],
): Pick<Row, 'shareOfFill' | 'shareOfBits' | 'relative'> {
  const limit = (kind: string): number | null => {
    if (role === 'limit' && draw === kind) return 1;
    const row = before.find((one) => one.role === 'limit' && one.draw === kind);
    return row?.wall ? row.wall.median / median : null;
  };
  // Where the draw is itself a limit, raw words, it stands there.
  const isOurs = (one: Pick<Entry, 'maker' | 'role' | 'math'>): boolean =>
    one.role !== 'peer' && one.math === 'exact' && (one.maker === 'gpu' || device === undefined);
  const ours = before.find((one) => one.draw === draw && isOurs(one) && one.wall !== null);
  const isReference =
    ours === undefined &&
    role === 'ours' &&
    isOurs({ maker, role, math }) &&
    dtype !== 'float16' &&
    dtype !== 'bfloat16';
  return {
    shareOfFill: limit('constant'),
    shareOfBits: limit('bits'),
    relative: ours?.wall ? median / ours.wall.median : isReference ? 1 : null,
  };
}

function notMeasured(host: Host, entry: Entry, of: Case, error: unknown): Row {
  const status =
    error instanceof WrongValues
      ? 'wrong'
      : error instanceof Absent
        ? 'absent'
        : error instanceof DoesNotFit
          ? 'left out'
          : 'failed';
  return unmeasured(common(host, entry, of), entry.maker, status, oneLine(error));
}

/** A row of what was not measured. */
export function unmeasured(
  about: Common,
  label: string,
  status: Row['status'],
  reason: string,
  stoppedAfter: number | null = null,
): Row {
  return {
    ...about,
    label,
    status,
    reason,
    verified: null,
    runs: 0,
    wall: null,
    gpu: null,
    readBack: null,
    elementsPerSecond: null,
    shareOfFill: null,
    shareOfBits: null,
    relative: null,
    stoppedAfter,
  };
}

type Common = Pick<Row, keyof Entry | 'case' | 'size' | 'shape' | 'elements' | 'timed'>;

/** What a row says of its case and contender, measured or not. */
function common(host: Host, entry: Entry, of: Case): Common {
  return {
    ...entry,
    case: of.name,
    size: of.size,
    shape: of.shape,
    elements: elementsOf(of),
    timed: host.makers[entry.maker].timed,
  };
}
