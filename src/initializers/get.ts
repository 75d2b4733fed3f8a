import { ArgumentError, show } from '../core/errors';
import { type Initializer, isInitializer } from './initializer';
import { makerOf } from './registry';
import { deserialize } from './serialization';

/**
 * An initializer from whatever names one, as Keras's `get`: an identifier such as "he_normal"
 * or "HeNormal", an envelope (see deserialize), an initializer, which is returned as it is, or
 * one of our classes or factories, which is called without arguments. Null stays null.
 *
 * Each call makes a new instance, with a seed of its own where none is given.
 * @throws ArgumentError for anything else
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * console.log(initializers.get('he_normal').className); // HeNormal
 * ```
 */
export function get(identifier: NonNullable<unknown>): Initializer;
export function get(identifier: null | undefined): null;
export function get(identifier: unknown): Initializer | null;
export function get(identifier: unknown): Initializer | null {
  if (identifier === null || identifier === undefined) return null;
  if (typeof identifier === 'string') return deserialize({ class_name: identifier, config: {} });
  if (isInitializer(identifier)) return identifier;
  const make = makerOf(identifier);
  if (make) return make();
  if (typeof identifier === 'object' && !Array.isArray(identifier)) return deserialize(identifier);
  throw new ArgumentError(
    `an initializer must be an identifier such as "he_normal", its JSON, or an instance, got ${show(identifier)}`,
  );
}
