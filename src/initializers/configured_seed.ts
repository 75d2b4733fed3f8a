import type { Config, Initializer } from './initializer';

/** The seed in an initializer's configuration, or undefined where it has none or null. */
export function configuredSeed(initializer: Initializer): Config[string] | undefined {
  return initializer.getConfig().seed ?? undefined;
}
