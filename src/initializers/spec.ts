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
 * The same under the name of Keras's `get`, which returns null for null.
 * @throws ArgumentError as initializerFrom
 */
export function get(identifier: NonNullable<unknown>): Initializer;
export function get(identifier: null | undefined): null;
export function get(identifier: unknown): Initializer | null;
export function get(identifier: unknown): Initializer | null {
  return identifier === null || identifier === undefined
    ? null
    : initializerFrom(identifier as InitializerSpec);
}
