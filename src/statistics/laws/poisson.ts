import { logGamma } from '../special/log_gamma';
import { discreteLaw, type Law } from './law';

/** Counts that are less likely are left out. */
const SMALLEST = 1e-12;

/** The counts of independent events, `rate` on average. */
export function poissonLaw(rate: number): Law {
  const probabilityOf = (count: number): number =>
    rate === 0 ? Number(count === 0) : Math.exp(count * Math.log(rate) - rate - logGamma(count + 1));
  const reach = 10 * Math.sqrt(rate) + 20;
  const from = Math.max(Math.floor(rate - reach), 0);
  const values = Array.from({ length: Math.ceil(rate + reach) - from }, (_, i) => ({
    value: from + i,
    probability: probabilityOf(from + i),
  }));
  return discreteLaw(values.filter(({ probability }) => probability > SMALLEST));
}
