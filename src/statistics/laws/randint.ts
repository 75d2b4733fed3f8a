import { discreteLaw, type Law } from './law';
import { uniformLaw } from './uniform';

/** With more values the steps are too fine to be seen. */
const MOST_VALUES = 1024;

/** The integers in [low, high), each with the same probability. */
export function randintLaw(low: number, high: number): Law {
  const span = high - low;
  if (span > MOST_VALUES) return uniformLaw(low, high);
  return discreteLaw(Array.from({ length: span }, (_, i) => ({ value: low + i, probability: 1 / span })));
}
