import { incompleteGamma } from '../special/incomplete_gamma';
import { logGamma } from '../special/log_gamma';
import type { ContinuousLaw } from './law';

/** exp(-35) is below 10^-15. */
const NATS = 35;

/**
 * The law with the density x^(concentration - 1) exp(-x / scale), normalized.
 * Sources: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions, chapter 17; for the reach, Boucheron,
 * Lugosi and Massart, Concentration Inequalities, section 2.4.
 */
export function gammaLaw(concentration: number, scale: number): ContinuousLaw {
  const reach = Math.sqrt(2 * NATS * concentration);
  const low = Math.max(0, concentration - reach) * scale;
  const tails = (x: number) => incompleteGamma(concentration, Math.max(0, x / scale));
  return {
    kind: 'density',
    mean: concentration * scale,
    stddev: Math.sqrt(concentration) * scale,
    low,
    high: (concentration + reach + NATS) * scale,
    lowEnd: low === 0 ? 'closed' : 'infinite',
    highEnd: 'infinite',
    density(x) {
      if (x < 0) return 0;
      const z = x / scale;
      if (z === 0) return concentration > 1 ? 0 : concentration === 1 ? 1 / scale : Infinity;
      return Math.exp((concentration - 1) * Math.log(z) - z - logGamma(concentration)) / scale;
    },
    below: (x) => tails(x).lower,
    above: (x) => tails(x).upper,
  };
}
