import { bits } from '../bits';
import { knownKeys } from '../check';
import { ArgumentError, show } from '../errors';
import { get } from '../initializers/get';
import type { Config, Initializer } from '../initializers/initializer';

/** An initializer as JSON names it: an identifier, Keras's envelope, or `{"class_name", "config"}`. */
export type InitializerSource = string | Readonly<Record<string, unknown>>;

/**
 * The initializer that a source names: one of Keras's, or `bits`.
 * @throws ArgumentError where there is none of that name, or its configuration is wrong
 */
export function makeInitializer(source: InitializerSource): Initializer {
  const name = typeof source === 'string' ? source : source?.class_name;
  if (name === 'bits' || name === 'Bits') {
    if (typeof source !== 'string' && source.config !== undefined) knownKeys('the config of Bits', source.config, []);
    return bits();
  }
  const initializer = get(source as string);
  if (initializer === null) throw new ArgumentError(`an initializer must be an identifier or {"class_name", "config"}, got ${show(source)}`);
  return initializer;
}

/** The seed that an initializer's configuration carries, or undefined. */
export function configuredSeed(initializer: Initializer): Config[string] | undefined {
  return initializer.getConfig().seed ?? undefined;
}

/** The initializer in a few words, such as `RandomNormal(stddev=0.02)`: what its source states. */
export function initializerLabel(source: InitializerSource): string {
  if (typeof source === 'string') return source;
  const config = (source.config ?? {}) as Record<string, unknown>;
  const settings = Object.entries(config)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}=${typeof value === 'number' ? Number(value.toPrecision(6)) : show(value)}`);
  return settings.length === 0 ? String(source.class_name) : `${source.class_name}(${settings.join(', ')})`;
}
