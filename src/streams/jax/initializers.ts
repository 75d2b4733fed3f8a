import { finiteNumber, knownKeys } from '../../core/check';
import { ArgumentError, show } from '../../core/errors';
import { elementCount } from '../../core/shape';
import type { ForeignInitializer as Initializer, Stream } from '../definition';

/** An initializer for a draw that only JAX has. */
function drawing(className: string, name: string, options: Record<string, number>): Initializer {
  const numbers = Object.freeze(Object.values(options));
  return Object.freeze({
    className,
    resolve(shape: readonly number[]) {
      elementCount(shape);
      return { kind: 'foreign', name, numbers } as const;
    },
    getConfig: () => ({ ...options }),
  });
}

/**
 * Integers of `jax.random.randint(key, shape, low, high)`: int32 by default, or uint32.
 * @param low the lower end, which is included: an integer that the dtype has
 * @param high the upper end, which is excluded: an integer > low, at most one more than the dtype's largest in
 *   int32 and the dtype's largest in uint32
 * @throws ArgumentError unless both are integers and low < high
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { jax } from 'tensorseed/streams';
 *
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill(jax.randint(0, 10), [4], { seed: jax.key(0) });
 * console.log(await tensor.data()); // Int32Array(4) [ 9, 0, 2, 3 ]
 * sampler.destroy();
 * ```
 */
export function randint(low: number, high: number): Initializer {
  for (const [name, value] of [
    ['low', low],
    ['high', high],
  ] as const)
    if (!Number.isSafeInteger(value))
      throw new ArgumentError(`${name} must be an integer, got ${show(value)}`);
  if (high <= low) throw new ArgumentError(`high must be > low = ${low}, got ${high}`);
  return drawing('Randint', 'randint', { low, high });
}

/**
 * `jax.random.bernoulli(key, p, shape)`: 1 with the probability p, else 0. JAX itself gives booleans.
 * @param p the probability, a number in [0, 1]; JAX, and so this, rounds it up to a multiple of 2^-23
 * @throws ArgumentError for any other number
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { jax } from 'tensorseed/streams';
 *
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill(jax.bernoulli(0.5), [4], { seed: jax.key(0), dtype: 'uint32' });
 * console.log(await tensor.data()); // Uint32Array(4) [ 0, 0, 1, 1 ]
 * sampler.destroy();
 * ```
 */
export function bernoulli(p = 0.5): Initializer {
  finiteNumber('p', p);
  if (p < 0 || p > 1) throw new ArgumentError(`p must be a number in [0, 1], got ${p}`);
  return drawing('Bernoulli', 'bernoulli', { p });
}

/**
 * `jax.random.exponential(key, shape)`: the density is exp(-x).
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { jax } from 'tensorseed/streams';
 *
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill(jax.exponential(), [4], { seed: jax.key(0) });
 * console.log((await tensor.float32()).every((x) => x >= 0)); // true
 * sampler.destroy();
 * ```
 */
export function exponential(): Initializer {
  return drawing('Exponential', 'exponential', {});
}

/**
 * `jax.random.gumbel(key, shape)` in JAX's default mode "low": the density is exp(-x - exp(-x)).
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { jax } from 'tensorseed/streams';
 *
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill(jax.gumbel(), [4], { seed: jax.key(0) });
 * console.log((await tensor.float32()).length); // 4
 * sampler.destroy();
 * ```
 */
export function gumbel(): Initializer {
  return drawing('Gumbel', 'gumbel', {});
}

/** The same by their names on the command line, from options under the names of JAX's parameters. */
export const INITIALIZERS: NonNullable<Stream['initializers']> = {
  randint(config) {
    const { minval, maxval } = knownKeys('the options of randint', config, ['minval', 'maxval']);
    return randint(minval as number, maxval as number);
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
