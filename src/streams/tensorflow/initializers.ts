import { ArgumentError, show } from '../../core/errors';
import { elementCount } from '../../core/shape';
import type { ForeignInitializer } from '../definition';

/**
 * Integers of `tf.random.stateless_uniform(shape, seed, minval, maxval, tf.int32)`.
 * @param minval the lower end, which is included: an integer in [-2^31, 2^31)
 * @param maxval the upper end, which is excluded: an integer in (minval, 2^31)
 * @throws ArgumentError for any other numbers
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { tensorflow } from 'tensorseed/streams';
 *
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill(tensorflow.randint(0, 10), [4], { seed: tensorflow.seed(1, 2) });
 * console.log(await tensor.data()); // Int32Array(4) [ 0, 9, 4, 9 ]
 * sampler.destroy();
 * ```
 */
export function randint(minval: number, maxval: number): ForeignInitializer {
  for (const [name, value] of Object.entries({ minval, maxval }))
    if (typeof value !== 'number' || (value | 0) !== value || Object.is(value, -0))
      throw new ArgumentError(`${name} must be an integer in [-2^31, 2^31), got ${show(value)}`);
  if (maxval <= minval) throw new ArgumentError(`maxval must be > minval = ${minval}, got ${maxval}`);
  const numbers = Object.freeze([minval, maxval]);
  return Object.freeze({
    className: 'Randint',
    resolve(shape: readonly number[]) {
      elementCount(shape);
      return { kind: 'foreign', name: 'randint', numbers } as const;
    },
    getConfig: () => ({ minval, maxval }),
  });
}
