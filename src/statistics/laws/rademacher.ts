import { discreteLaw, type Law } from './law';

/** 1 and -1, each with probability 1/2. */
export function rademacherLaw(): Law {
  return discreteLaw([
    { value: -1, probability: 0.5 },
    { value: 1, probability: 0.5 },
  ]);
}
