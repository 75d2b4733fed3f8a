import type { Entry } from './case';
import type { Spread } from './spread';

/** Where rows come from: one runtime on one device. */
export interface HostDescription {
  /** Such as dawn-lavapipe. */
  readonly host: string;
  /** Node or the browser, with its version. */
  readonly runtime: string;
  /** Null where there is no GPU. */
  readonly adapter: string | null;
  readonly driver: string | null;
  /** Whether the adapter is a program on the CPU. */
  readonly software: boolean;
  readonly features: readonly string[];
  /** Who can take part there. */
  readonly makers: readonly string[];
}

/** One contender of one case. Times in milliseconds. */
export interface Row extends Entry {
  readonly case: string;
  readonly size: string;
  readonly shape: readonly number[];
  readonly elements: number;
  /** Which library and version, or what of this one. */
  readonly label: string;
  /**
   * wrong: verification failed. failed: it broke. absent: it is not installed here. left out:
   * it would not fit time or memory.
   */
  readonly status: 'measured' | 'wrong' | 'failed' | 'absent' | 'left out';
  /** Why, unless measured. */
  readonly reason: string | null;
  /** What was verified before the clock ran. */
  readonly verified: string | null;
  /** What the wall clock covers. */
  readonly timed: string;
  readonly runs: number;
  /** From the call until the values are where they shall be. */
  readonly wall: Spread | null;
  /** The compute pass by timestamp queries, where the device has them. */
  readonly gpu: Spread | null;
  /** Reading all of it back, apart; null where that was not measured or the values are on the host anyway. */
  readonly readBack: Spread | null;
  readonly elementsPerSecond: number | null;
  /** Rate as a share of the constant fill's in the same case, and of the raw Philox words'. */
  readonly shareOfFill: number | null;
  readonly shareOfBits: number | null;
  /** Time relative to this library's exact draw on the GPU, else on the CPU, in the same case. */
  readonly relative: number | null;
  /** A contender that did not end was stopped after so many milliseconds. */
  readonly stoppedAfter: number | null;
}

/** A row together with what it was measured on. */
export type Measurement = Row &
  Omit<HostDescription, 'features' | 'makers'> & { readonly commit: string; readonly dirty: boolean };
