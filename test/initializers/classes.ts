import * as initializers from './every';

/** The names of all classes of initializers that are exported. Tables of tests have a row for each. */
export const CLASS_NAMES: readonly string[] = Object.entries(initializers)
  .filter(([, value]) => typeof value === 'function' && 'fromConfig' in value)
  .map(([name]) => name)
  .sort();
