/** The initializers of `Jax`, which describes them. */
import { finiteNumber, knownKeys } from '../../core/check';
import { ArgumentError, show } from '../../core/errors';
import type { ForeignInitializer, Stream } from '../definition';
import { foreignDrawInitializer } from '../foreign_initializer';

export function randint(low: number, high: number): ForeignInitializer {
  return randintOf({ low, high });
}

/** The initializer of two ends, the lower first, under the names that messages have for them. */
function randintOf(ends: Readonly<Record<string, unknown>>): ForeignInitializer {
  for (const [name, value] of Object.entries(ends))
    if (!Number.isSafeInteger(value))
      throw new ArgumentError(`${name} must be an integer, got ${show(value)}`);
  const [lowName, highName] = Object.keys(ends);
  const [low, high] = Object.values(ends) as number[];
  if (high <= low) throw new ArgumentError(`${highName} must be > ${lowName} = ${low}, got ${high}`);
  return foreignDrawInitializer('Randint', 'randint', { low, high }, [low, high]);
}

export function bernoulli(p = 0.5): ForeignInitializer {
  finiteNumber('p', p);
  if (p < 0 || p > 1) throw new ArgumentError(`p must be a number in [0, 1], got ${p}`);
  return foreignDrawInitializer('Bernoulli', 'bernoulli', { p }, [p]);
}

export function exponential(): ForeignInitializer {
  return foreignDrawInitializer('Exponential', 'exponential', {}, []);
}

export function gumbel(): ForeignInitializer {
  return foreignDrawInitializer('Gumbel', 'gumbel', {}, []);
}

/** The same by their names on the command line, from options under the names of JAX's parameters. */
export const INITIALIZERS: NonNullable<Stream['initializers']> = {
  randint(config) {
    const { minval, maxval } = knownKeys('the options of randint', config, ['minval', 'maxval']);
    return randintOf({ minval, maxval });
  },
  bernoulli(config) {
    const { p } = knownKeys('the options of bernoulli', config, ['p']);
    return bernoulli(p as number | undefined);
  },
  exponential(config) {
    knownKeys('the options of exponential', config, []);
    return exponential();
  },
  gumbel(config) {
    knownKeys('the options of gumbel', config, []);
    return gumbel();
  },
};
