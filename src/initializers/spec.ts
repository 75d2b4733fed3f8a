import { ArgumentError, NotLoadedError, reading, show } from '../core/errors';
import { deserialize } from './envelope';
import { type Initializer, isInitializer } from './initializer';
import { lacksInitializers, makerOf } from './registry';

/**
 * An initializer in JSON: an identifier such as "he_normal", Keras's envelope, or `{class_name, config}`.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const json: initializers.InitializerJson = { class_name: 'Constant', config: { value: 2 } };
 * console.log(initializers.get(json).getConfig()); // { value: 2 }
 * ```
 */
export type InitializerJson = string | Readonly<Record<string, unknown>>;

/**
 * What names an initializer: its JSON, an initializer itself, or one of this library's classes or
 * factories, such as `HeNormal` and `heNormal`.
 *
 * @example
 * ```ts
 * import { type InitializerSpec, initializers } from 'tensorseed';
 *
 * const specs: InitializerSpec[] = ['zeros', initializers.Zeros, initializers.zeros, initializers.zeros()];
 * console.log(specs.every((spec) => initializers.get(spec).className === 'Zeros')); // true
 * ```
 */
export type InitializerSpec = InitializerJson | Initializer | (new () => Initializer) | (() => Initializer);

/**
 * Returns the initializer that a specification names. An initializer is returned as it is. In all other
 * cases each call makes a new one, which draws a seed of its own unless its configuration has one.
 * @throws ArgumentError for anything else, and for a configuration that cannot be right
 */
export function initializerFrom(spec: InitializerSpec): Initializer {
  if (typeof spec === 'string') return deserialize({ class_name: spec, config: {} });
  if (isInitializer(spec)) return spec;
  const make = makerOf(spec);
  if (make) return make();
  if (typeof spec === 'object' && spec !== null && !reading('an initializer', () => Array.isArray(spec)))
    return deserialize(spec);
  if (typeof spec === 'function' && lacksInitializers()) throw new NotLoadedError('this initializer');
  throw new ArgumentError(
    `an initializer must be an identifier such as "he_normal", its JSON, or an instance, got ${show(spec)}`,
  );
}

/**
 * Returns the initializer that a specification names, like Keras's `get`.
 *
 * It takes an identifier such as "he_normal" or "HeNormal", Keras's JSON, an initializer, which is returned
 * as it is, and one of this library's classes or factories. Each call makes a new initializer, which draws
 * a seed of its own where none is given. Null and undefined give null.
 * @throws ArgumentError for anything else, and for a configuration that cannot be right
 * @see keras/src/initializers/__init__.py, get
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
