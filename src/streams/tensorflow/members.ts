import { float32Bits } from '../../arithmetic/round';
import type { Members, Slots } from '../../distributions/members';
import type { ScaleShift } from './arithmetic';

/** The upper half of the counters. */
export function upperMembers({ key: { upper = [0, 0] } }: Slots): Members {
  return [
    ['upper_lo', upper[0]],
    ['upper_hi', upper[1]],
  ];
}

/** The members of the kernels of real numbers. */
export function scaleShiftMembers({ scale, shift }: ScaleShift, slots: Slots): Members {
  return [...upperMembers(slots), ['scale', float32Bits(scale)], ['shift', float32Bits(shift)]];
}
