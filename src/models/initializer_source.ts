import { ArgumentError, show } from '../core/errors';
import { get } from '../initializers/get';
import { type Config, type Initializer, isInitializer } from '../initializers/initializer';

/**
 * An initializer as JSON names it: an identifier, Keras's envelope, or `{"class_name", "config"}`;
 * in a program also an initializer itself.
 */
export type InitializerSource = string | Readonly<Record<string, unknown>> | Initializer;

/**
 * The initializer that a source names: one of Keras's, or `bits`.
 * @throws ArgumentError where there is none of that name, or its configuration is wrong
 */
export function makeInitializer(source: InitializerSource): Initializer {
  if (isInitializer(source)) return source;
  const initializer = get(source as string);
  if (initializer === null)
    throw new ArgumentError(
      `an initializer must be an identifier or {"class_name", "config"}, got ${show(source)}`,
    );
  return initializer;
}

/** The seed that an initializer's configuration carries, or undefined. */
export function configuredSeed(initializer: Initializer): Config[string] | undefined {
  return initializer.getConfig().seed ?? undefined;
}

/**
 * Refuses an initializer with a seed of its own: two tensors with one would share a stream, and
 * the model's seed would not reach them.
 */
export function refuseSeed(source: InitializerSource): void {
  const seed = configuredSeed(makeInitializer(source));
  if (seed === undefined) return;
  throw new ArgumentError(
    `its initializer has the seed ${show(seed)}; tensors of a model take theirs from the model's seed and their names, so remove it`,
  );
}

/** The initializer in a few words, such as `RandomNormal(stddev=0.02)`: what its source states. */
export function initializerLabel(source: InitializerSource): string {
  if (typeof source === 'string') return source;
  const [name, given] = isInitializer(source)
    ? [source.className, source.getConfig()]
    : [source.class_name, source.config];
  const config = (given ?? {}) as Record<string, unknown>;
  const settings = Object.entries(config)
    .filter(([, value]) => value !== null)
    .map(
      ([key, value]) => `${key}=${typeof value === 'number' ? Number(value.toPrecision(6)) : show(value)}`,
    );
  return settings.length === 0 ? String(name) : `${name}(${settings.join(', ')})`;
}
