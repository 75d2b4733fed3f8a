/**
 * The options of an initializer that takes none: an object without keys.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const options: initializers.NoOptions = {};
 * console.log(initializers.zeros(options).getConfig()); // {}
 * ```
 */
export type NoOptions = Record<string, never>;

/** The table of no options. */
export const NO_OPTIONS = {};
