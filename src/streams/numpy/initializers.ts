import { ArgumentError, show } from '../../core/errors';
import { elementCount } from '../../core/shape';
import type { ForeignInitializer } from '../definition';

/**
 * `Generator.integers(low, high, dtype=np.int32)`.
 * @param low the lower end, which is included: an integer in [-2^31, 2^31)
 * @param high the upper end, which is excluded: an integer in (low, 2^31]
 * @throws ArgumentError for any other numbers
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { numpy } from 'tensorseed/streams';
 *
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill(numpy.integers(0, 10), [5], { seed: 42, stream: numpy });
 * console.log(await tensor.data()); // Int32Array(5) [ 0, 7, 6, 4, 4 ]
 * sampler.destroy();
 * ```
 */
export function integers(low: number, high: number): ForeignInitializer {
  for (const [name, value, end] of [
    ['low', low, 2 ** 31 - 1],
    ['high', high, 2 ** 31],
  ] as const)
    if (!Number.isInteger(value) || value < -(2 ** 31) || value > end || Object.is(value, -0))
      throw new ArgumentError(`${name} must be an integer in [-2^31, ${end}], got ${show(value)}`);
  if (high <= low) throw new ArgumentError(`high must be > low = ${low}, got ${high}`);
  const numbers = Object.freeze([low, high]);
  return Object.freeze({
    className: 'Integers',
    resolve(shape: readonly number[]) {
      elementCount(shape);
      return { kind: 'foreign', name: 'integers', numbers } as const;
    },
    getConfig: () => ({ low, high }),
  });
}
