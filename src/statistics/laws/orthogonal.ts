import { logGamma } from '../special/log_gamma';
import { type DensityLaw, discreteLaw, type DiscreteLaw, pointLaw } from './law';

/**
 * An element of a Haar distributed matrix, times `gain`:
 * a coordinate of a point on the sphere in n dimensions,
 * where n is the matrix's longer side.
 */
export function orthogonalLaw(n: number, gain: number): DensityLaw | DiscreteLaw {
  const radius = Math.abs(gain);
  if (radius === 0) return pointLaw(0);
  if (n === 1) return discreteLaw([-gain, gain].map((value) => ({ value, probability: 0.5 })));
  const scale = Math.exp(logGamma(n / 2) - logGamma((n - 1) / 2)) / Math.sqrt(Math.PI) / radius;
  return {
    kind: 'density',
    low: -radius,
    high: radius,
    mean: 0,
    stddev: radius / Math.sqrt(n),
    density: (x) => (Math.abs(x) < radius ? scale * (1 - (x / radius) ** 2) ** ((n - 3) / 2) : 0),
  };
}
