import type { BackendChoice } from '../../src/index';
import type { BundleSize } from './build';
import type { ColdStart } from './cold_start';
import type { GoalResult } from './goals';
import type { Measurement, HostDescription } from './row';
import type { Spread } from './spread';

/** The run as a whole. */
export interface RunConditions {
  readonly date: string;
  /** The commit, or the package's version where there is no checkout. */
  readonly commit: string;
  /** Whether the checkout has changes. */
  readonly dirty: boolean;
  readonly version: string;
  readonly quick: boolean;
  readonly cpu: string;
  readonly cores: number;
  /** Processes that wanted to run, on average of a minute, before the benchmark and after it. */
  readonly load: readonly [before: number, after: number];
  readonly seconds: number;
}

export type Phase = Exclude<keyof ColdStart, 'cpu' | 'description'>;

export interface ColdStartResult {
  readonly host: string;
  readonly runtime: string;
  /** What the sampler was asked for. */
  readonly backend: BackendChoice;
  readonly description: string;
  readonly runs: number;
  /** `total` is the goal's: from `Sampler.create` until the normals are on the host. */
  readonly phases: Readonly<Record<Phase | 'total', Spread>>;
  /** Milliseconds of processors in that time, all threads together; null where that is not known. */
  readonly cpu: Spread | null;
}

export interface Results {
  readonly conditions: RunConditions;
  readonly hosts: readonly HostDescription[];
  readonly rows: readonly Measurement[];
  readonly coldStarts: readonly ColdStartResult[];
  readonly bundle: BundleSize | null;
  readonly goals: readonly GoalResult[];
  /** What was left out, and why. */
  readonly notes: readonly string[];
}
