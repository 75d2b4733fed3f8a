import { ArgumentError, show } from '../core/errors';
import { deserialize } from './envelope';
import { type Initializer, isInitializer } from './initializer';
import { makerOf } from './registry';

/** An initializer in JSON: an identifier such as "he_normal", Keras's envelope, or `{class_name, config}`. */
export type InitializerJson = string | Readonly<Record<string, unknown>>;

/**
 * Whatever names an initializer: its JSON, an initializer itself, or one of this library's classes or
 * factories, such as `HeNormal` and `heNormal`.
 */
export type InitializerSpec = InitializerJson | Initializer | (new () => Initializer) | (() => Initializer);

/**
 * The initializer that a specification names. An initializer is returned as it is. In all other cases
 * each call makes a new one, which draws a seed of its own unless its configuration has one.
 * @throws ArgumentError for anything else, and for a configuration that cannot be right
 */
export function initializerFrom(spec: InitializerSpec): Initializer {
  if (typeof spec === 'string') return deserialize({ class_name: spec, config: {} });
  if (isInitializer(spec)) return spec;
  const make = makerOf(spec);
  if (make) return make();
  if (typeof spec === 'object' && spec !== null && !Array.isArray(spec)) return deserialize(spec);
  throw new ArgumentError(
    `an initializer must be an identifier such as "he_normal", its JSON, or an instance, got ${show(spec)}`,
  );
}

/**
 * An initializer from whatever names one, as Keras's `get`: an identifier such as "he_normal" or
 * "HeNormal", Keras's JSON, an initializer, which is returned as it is, or one of this library's classes
 * or factories. Null and undefined give null.
 *
 * Each call makes a new initializer, with a seed of its own where none is given.
 * @throws ArgumentError for anything else
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * console.log(initializers.get('he_normal').className); // HeNormal
 * ```
 */
export function get(identifier: null | undefined): null;
export function get(identifier: InitializerSpec): Initializer;
export function get(identifier: NonNullable<unknown>): Initializer;
export function get(identifier: unknown): Initializer | null;
export function get(identifier: unknown): Initializer | null {
  return identifier === null || identifier === undefined
    ? null
    : initializerFrom(identifier as InitializerSpec);
}
