import type { Initializer } from '../initializers/initializer';
import { anyInitializer } from '../initializers/all';
import type { InitializerSpec } from '../initializers/spec';

const named = new Map<string, Initializer>();

/**
 * The same as `initializerFrom`, but one initializer for each identifier. That serves all tensors of a model, because
 * the seed that an initializer draws for itself has no effect there.
 * @throws ArgumentError where `spec` cannot be right
 */
export function namedInitializer(spec: InitializerSpec): Initializer {
  if (typeof spec !== 'string') return anyInitializer(spec);
  let initializer = named.get(spec);
  if (initializer === undefined) named.set(spec, (initializer = anyInitializer(spec)));
  return initializer;
}
