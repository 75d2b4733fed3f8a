import type { Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';

/** A value in a configuration: JSON only. */
export type ConfigValue = number | string | boolean | null | readonly number[];

/** An initializer's options under Keras's names, in Keras's order. */
export type Config = Record<string, ConfigValue>;

/**
 * A recipe for the values of a tensor: a name and options. Given a shape it says what to draw; streams,
 * dtypes and backends are no concern of it.
 */
export interface Initializer {
  /** Keras's class name, such as "HeNormal". */
  readonly className: string;
  /**
   * The seed in force, in [0, 2^64); random initializers alone have one. Where none was given it was
   * drawn at construction, so that one instance gives the same values at every call.
   */
  readonly seed?: bigint;
  /**
   * What fills a tensor of this shape.
   * @throws ArgumentError where the shape is malformed, or not one that the initializer can fill
   */
  resolve(shape: Shape): Draw;
  /** The options as a new object, which `JSON.stringify` can write and the class's `fromConfig` reads. */
  getConfig(): Config;
}

/** Whether `value` has the members of an Initializer, whatever class it is of. */
export function isInitializer(value: unknown): value is Initializer {
  if (typeof value !== 'object' || value === null) return false;
  const { className, seed, resolve, getConfig } = value as Record<keyof Initializer, unknown>;
  return (
    typeof className === 'string' &&
    typeof resolve === 'function' &&
    typeof getConfig === 'function' &&
    (seed === undefined || typeof seed === 'bigint')
  );
}
