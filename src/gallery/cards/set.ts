import { DEFAULTS } from '../defaults';
import { settings } from '../settings';
import type { Arguments, Family } from './families';

/** The arguments that are set for an initializer. */
export function argumentsOf({ className, parameters }: Family): Arguments {
  return Object.fromEntries(
    parameters.map(({ name, initial }) => [name, settings.get(`${className}.${name}`, initial)]),
  );
}

/** What its card alone has; '' where that follows the page. */
export function ownOf({ className }: Family, key: string): string {
  return settings.get(`${className}.${key}`, '');
}

/** The card's own, else the page's. */
export function settingOf(family: Family, key: 'seed' | 'shape' | 'dtype'): string {
  const own = ownOf(family, key);
  return own === '' ? settings.get(key, DEFAULTS[key]) : own;
}
