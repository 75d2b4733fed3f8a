import { DEFAULTS } from '../defaults';
import { settings } from '../settings';
import type { Arguments, Family } from './families';

/** The arguments that are set for an initializer. */
export function argumentsOf({ className, parameters }: Family): Arguments {
  return Object.fromEntries(
    parameters.map(({ name, initial }) => [name, settings.get(`${className}.${name}`, initial)]),
  );
}

/** A setting of the card; '' where the card follows the page. */
export function ownOf({ className }: Family, key: string): string {
  return settings.get(`${className}.${key}`, '');
}

/** The setting of the card, or that of the page where the card has none and follows it. */
export function settingOf(family: Family, key: 'seed' | 'shape' | 'dtype'): string {
  const own = ownOf(family, key);
  if (own !== '') return own;
  if (key === 'dtype' && family.dtypes !== undefined) return family.dtypes[0];
  return settings.get(key, DEFAULTS[key]);
}
