import type { DensityLaw } from './law';
import { normalLaw } from './normal';

/** The law of normals of which a share is replaced by 0. The density is that of the others. */
export function sparseLaw(stddev: number, share: number): DensityLaw {
  const others = normalLaw(0, stddev);
  const { low, high } = others;
  return {
    kind: 'density',
    mean: 0,
    stddev: Math.sqrt(1 - share) * stddev,
    low,
    high,
    density: (x) => (1 - share) * others.density(x),
  };
}
