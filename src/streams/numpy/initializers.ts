/** The initializer of `Numpy`, which describes it. */
import { ArgumentError, show } from '../../core/errors';
import type { ForeignInitializer } from '../definition';
import { foreignDrawInitializer } from '../foreign_initializer';

export function integers(low: number, high: number): ForeignInitializer {
  for (const [name, value, end] of [
    ['low', low, 2 ** 31 - 1],
    ['high', high, 2 ** 31],
  ] as const)
    if (!Number.isInteger(value) || value < -(2 ** 31) || value > end || Object.is(value, -0))
      throw new ArgumentError(`${name} must be an integer in [-2^31, ${end}], got ${show(value)}`);
  if (high <= low) throw new ArgumentError(`high must be > low = ${low}, got ${high}`);
  return foreignDrawInitializer('Integers', 'integers', { low, high }, [low, high]);
}
