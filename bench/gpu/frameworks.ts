import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { oneLine } from '../../src/cli/faults';
import script from './frameworks.py?raw';
import type { Sizes } from './items';

export const FRAMEWORKS = ['torch', 'jax'] as const;
export type FrameworkName = (typeof FRAMEWORKS)[number];

/** What a framework's random fills took, or why they were not measured. */
export interface FrameworkResult {
  readonly name: FrameworkName;
  /** Null where nothing was measured. */
  readonly version: string | null;
  /** As the framework names it. */
  readonly device: string | null;
  /** Such as `CUDA 12.4`. */
  readonly platform: string | null;
  /** What the times were taken with. */
  readonly clock: string | null;
  /** Why nothing, or not all, was measured. */
  readonly reason: string | null;
  readonly rows: readonly FrameworkRow[];
}

/** A call of a framework's. */
export interface FrameworkRow {
  readonly call: string;
  readonly dtype: string;
  readonly elements: number;
  readonly bytes: number | null;
  readonly status: 'measured' | 'failed' | 'left out';
  readonly reason?: string;
  /** Of one call. */
  readonly milliseconds?: {
    readonly median: number;
    readonly lowerQuartile: number;
    readonly upperQuartile: number;
  };
  readonly runs?: number;
  readonly callsInRun?: number;
}

type Line =
  | { readonly kind: 'absent'; readonly reason: string }
  | ({ readonly kind: 'framework' } & Record<'version' | 'device' | 'platform' | 'clock', string>)
  | ({ readonly kind: 'row' } & FrameworkRow);

/** What it takes to start Python and to import a framework, beside the seconds for its calls. */
const IMPORT_SHARE = 0.9;

/**
 * Times a framework in a process of Python's.
 * @param python the program
 * @param milliseconds after which it is stopped; what was measured until then counts
 * @param onRow called with what is measured
 */
export async function measureFramework(
  name: FrameworkName,
  {
    python,
    sizes,
    allowCpu,
    milliseconds,
  }: {
    readonly python: string;
    readonly sizes: Pick<Sizes, 'log2' | 'sides'>;
    readonly allowCpu: boolean;
    readonly milliseconds: number;
  },
  onRow: (row: FrameworkRow) => void,
): Promise<FrameworkResult> {
  const words = [
    '-u',
    '-c',
    script,
    name,
    `--seconds=${((milliseconds * IMPORT_SHARE) / 1000).toFixed(1)}`,
    `--log2=${[...new Set(sizes.log2)].join(',')}`,
    `--sides=${sizes.sides.join(',')}`,
    ...(allowCpu ? ['--allow-cpu'] : []),
  ];
  const child = spawn(python, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = (): void => void child.kill('SIGKILL');
  process.once('exit', stop);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop();
  }, milliseconds);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-500)));
  const ended = new Promise<string | undefined>((resolve) => {
    child.on('error', () => resolve(`${python} is not there; PYTHON names another program`));
    child.on('close', (code, signal) =>
      resolve(
        late
          ? `stopped after ${(milliseconds / 1000).toFixed(0)} s`
          : code === 0
            ? undefined
            : `${python} ended with ${signal ?? `code ${code}`}: ${oneLine(said)}`,
      ),
    );
  });
  const rows: FrameworkRow[] = [];
  let result: FrameworkResult = {
    name,
    version: null,
    device: null,
    platform: null,
    clock: null,
    reason: null,
    rows,
  };
  const read = async (): Promise<void> => {
    for await (const text of createInterface({ input: child.stdout })) {
      const line = parsed(text);
      if (line?.kind === 'absent') result = { ...result, reason: line.reason };
      if (line?.kind === 'framework') {
        const { version, device, platform, clock } = line;
        result = { ...result, version, device, platform, clock };
      }
      if (line?.kind === 'row') {
        const { kind: _, ...row } = line;
        rows.push(row);
        onRow(row);
      }
    }
  };
  try {
    const [fault] = await Promise.all([ended, read()]);
    return fault === undefined ? result : { ...result, reason: result.reason ?? fault };
  } finally {
    clearTimeout(timer);
    process.off('exit', stop);
  }
}

/** A line of the script; undefined for what else a framework prints. */
function parsed(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}

/**
 * Whether a framework's device is the card of an adapter, by their names: `NVIDIA H200` and `nvidia-h200`.
 * @returns undefined where one of them has no name
 */
export function isSameCard(device: string, adapter: string): boolean | undefined {
  const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const [one, other] = [plain(device), plain(adapter)];
  if (one === '' || other === '') return undefined;
  return one.includes(other) || other.includes(one);
}
