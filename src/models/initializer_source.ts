import { ArgumentError, show } from '../core/errors';
import { type Config, type Initializer } from '../initializers/initializer';
import { initializerOf, type PartSpec } from '../initializers/resolve';

export type { PartSpec as InitializerSource } from '../initializers/resolve';
export { initializerOf as makeInitializer } from '../initializers/resolve';

/** The seed that an initializer's configuration carries, or undefined. */
export function configuredSeed(initializer: Initializer): Config[string] | undefined {
  return initializer.getConfig().seed ?? undefined;
}

/**
 * Refuses an initializer with a seed of its own: two tensors with one would share a stream, and
 * the model's seed would not reach them.
 */
export function refuseSeed(source: PartSpec): void {
  const seed = configuredSeed(initializerOf(source));
  if (seed === undefined) return;
  throw new ArgumentError(
    `its initializer has the seed ${show(seed)}; tensors of a model take theirs from the model's seed and their names, so remove it`,
  );
}

export { specLabel as initializerLabel } from '../initializers/label';
