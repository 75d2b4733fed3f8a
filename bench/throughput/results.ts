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

export type Phase = Exclude<keyof ColdStart, 'description'>;

export interface ColdStartResult {
  readonly host: string;
  readonly runtime: string;
  readonly description: string;
  readonly runs: number;
  readonly phases: Readonly<Record<Phase | 'total', Spread>>;
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
