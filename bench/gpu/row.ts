import type { Dtype } from '../../src/index';
import type { Spread } from '../throughput/spread';
import type { PartName } from './items';

/** What became of an item. */
export interface Row {
  readonly part: PartName;
  readonly name: string;
  /** wrong: the values are not what they must be. failed: it broke. left out: it did not fit time, memory or a limit. */
  readonly status: 'measured' | 'wrong' | 'failed' | 'left out';
  /** Why, unless measured. */
  readonly reason: string | null;
  /** What was held against what before the clock ran, in words. */
  readonly verified: string | null;
  /** What else a reader must know, such as that only a part of a model was filled. */
  readonly note: string | null;
  readonly speed: Speed | null;
}

/** How fast a fill was, and what stands beside it. Times in milliseconds of one fill. */
export interface Speed {
  readonly dtype: Dtype;
  readonly elements: number;
  /** Bytes that one fill writes. */
  readonly bytes: number;
  /** What `time` was taken with. */
  readonly clock: Clock;
  readonly time: Spread;
  /** By the host's clock, from the submit until the work was done. */
  readonly wall: Spread;
  /** Measurements of each, and the fills in a pass of the GPU, over which a measurement is spread. */
  readonly runs: number;
  readonly fillsInPass: number;
  /** 10^9 bytes written in a second, and 10^9 elements, by the median. */
  readonly gigabytesPerSecond: number;
  readonly gigaelementsPerSecond: number;
  /** A constant fill of as many bytes, and a copy of as many, which reads them as well; measured in turn with it. */
  readonly constant: Limit | null;
  readonly copy: Limit | null;
  /** Of a model, the calls of fillAll by the host's clock; `time` is that of all tensors in one pass. */
  readonly fillAll?: Spread;
}

export type Clock = 'timestamp queries' | 'wall clock';

/** What no draw can be faster than. */
export interface Limit {
  readonly clock: Clock;
  readonly time: Spread;
  readonly gigabytesPerSecond: number;
  /** The rate of the draw as a share of this. */
  readonly share: number;
}

/** A row of what was not measured. */
export function unmeasured(
  { part, name }: { readonly part: PartName; readonly name: string },
  status: Exclude<Row['status'], 'measured'>,
  reason: string,
): Row {
  return { part, name, status, reason, verified: null, note: null, speed: null };
}
