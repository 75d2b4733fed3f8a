import type { Dtype } from '../../src/index';
import type { Timed } from './measure';
import type { Limit, Speed } from './row';

/** What is filled: its elements, and the bytes that they take. */
export interface Filled {
  readonly dtype: Dtype;
  readonly elements: number;
  readonly bytes: number;
}

/**
 * The speed of a fill from its times.
 * @param limits the times of a constant fill and of a copy, each of as many bytes; absent where nothing was measured
 */
export function speedOf(
  { dtype, elements, bytes }: Filled,
  { clock, time, wall, runs, inPass }: Timed,
  limits: { readonly constant?: Timed; readonly copy?: Timed } = {},
): Speed {
  const limit = (of: Timed | undefined): Limit | null =>
    of === undefined
      ? null
      : {
          clock: of.clock,
          time: of.time,
          gigabytesPerSecond: rate(bytes, of.time.median),
          share: of.time.median / time.median,
        };
  return {
    dtype,
    elements,
    bytes,
    clock,
    time,
    wall,
    runs,
    fillsInPass: inPass,
    gigabytesPerSecond: rate(bytes, time.median),
    gigaelementsPerSecond: rate(elements, time.median),
    constant: limit(limits.constant),
    copy: limit(limits.copy),
  };
}

/** 10^9 of them in a second, in so many milliseconds. */
const rate = (count: number, milliseconds: number): number => count / milliseconds / 1e6;
