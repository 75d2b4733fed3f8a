import type { CopiedParameters } from '../../distributions/copied';
import { type DiscreteLaw, discreteLaw } from './law';

/**
 * The law of elements that are computed and not drawn, each of which is as probable.
 * @param size how many there are before they repeat
 */
export function computedLaw({ elements }: CopiedParameters, size: number): DiscreteLaw {
  const values = new Float32Array(size);
  elements(0, new Uint32Array(values.buffer));
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return discreteLaw([...counts].map(([value, count]) => ({ value, probability: count / size })));
}
