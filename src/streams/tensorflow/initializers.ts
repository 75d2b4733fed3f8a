/** The initializer of `Tensorflow`, which describes it. */
import { ArgumentError, show } from '../../core/errors';
import type { ForeignInitializer } from '../definition';
import { foreignDrawInitializer } from '../foreign_initializer';

export function randint(minval: number, maxval: number): ForeignInitializer {
  for (const [name, value] of Object.entries({ minval, maxval }))
    if (typeof value !== 'number' || (value | 0) !== value || Object.is(value, -0))
      throw new ArgumentError(`${name} must be an integer in [-2^31, 2^31), got ${show(value)}`);
  if (maxval <= minval) throw new ArgumentError(`maxval must be > minval = ${minval}, got ${maxval}`);
  return foreignDrawInitializer('Randint', 'randint', { minval, maxval }, [minval, maxval]);
}
