import { ArgumentError, show } from '../core/errors';
import { configuredSeed } from '../initializers/configured_seed';
import type { InitializerSpec } from '../initializers/spec';
import { namedInitializer } from './named_initializer';

/**
 * Refuses an initializer with a seed of its own: two tensors with the same seed would share a stream,
 * and the model's seed would not reach them.
 * @throws ArgumentError where there is such a seed, and where `spec` cannot be right
 */
export function refuseSeed(spec: InitializerSpec): void {
  const seed = configuredSeed(namedInitializer(spec));
  if (seed === undefined) return;
  throw new ArgumentError(
    `its initializer has the seed ${show(seed)}; tensors of a model take theirs from the model's seed and ` +
      'their names, so remove it',
  );
}
