import type { MachineReport } from '../../src/verify/machine/report';
import type { CardDescription } from './card';
import type { FrameworkResult } from './frameworks';
import type { PartName, Sizes } from './items';
import type { Row } from './row';
import type { Settling } from './settle';

/** Names the members of the results. Another number means other members. */
export const FORMAT = 'tensorseed bench gpu 1';

/** What a run found out, as JSON has it. */
export interface GpuResults {
  readonly format: typeof FORMAT;
  readonly conditions: Conditions;
  readonly card: CardDescription;
  /** Whether all of it was computed by a driver on the CPU, so that no time is one of a card. */
  readonly software: boolean;
  /** How the driver was found, and what was found on the way. */
  readonly driver: {
    readonly from: string;
    readonly env: Readonly<Record<string, string>>;
    readonly kernel: string | null;
    readonly notes: readonly string[];
  };
  /** How the card came to its clock, each time that it was opened. */
  readonly settlings: readonly Settling[];
  readonly sizes: Sizes;
  readonly rows: readonly Row[];
  /** The contract as `tensorseed verify` reports it; null unless all of it was examined. */
  readonly verify: MachineReport | null;
  readonly frameworks: readonly (FrameworkResult & {
    /** Whether the names of its device and of the adapter are those of one card; null where one has none. */
    readonly sameCard: boolean | null;
  })[];
  /** Seconds that each part was allowed, and took. */
  readonly times: readonly {
    readonly part: PartName;
    readonly allowed: number;
    readonly taken: number;
  }[];
  /** Faults that ended the process of the card, and what it said last. */
  readonly faults: readonly string[];
  /** Whether the run came to its end. */
  readonly complete: boolean;
}

export interface Conditions {
  readonly date: string;
  /** The commit, or the package's version where none is known. */
  readonly commit: string;
  /** Whether the checkout has changes. */
  readonly dirty: boolean;
  readonly version: string;
  readonly node: string;
  readonly webgpu: string | null;
  readonly system: string;
  readonly cpu: string;
  readonly cores: number;
  /** Processes that wanted to run, on average of a minute, before and after. */
  readonly load: readonly [before: number, after: number];
  readonly minutes: number;
  readonly seconds: number;
}

/** Rows for which the command fails. What a framework lacks is no fault of this library. */
export function faultsIn(rows: readonly Row[]): Row[] {
  return rows.filter(({ status }) => status === 'wrong' || status === 'failed');
}
