import type { Draw } from '../distributions/draw';
import type { Shape } from '../core/shape';

/** What a configuration holds: JSON values only. */
export type ConfigValue = number | string | boolean | null | readonly number[];

/** An initializer's arguments under Keras's names, in Keras's order. */
export type Config = Record<string, ConfigValue>;

/**
 * A recipe for the values of a tensor: a name and arguments. Given a shape it says what to draw;
 * it knows nothing of seeds' streams, dtypes and backends.
 */
export interface Initializer {
  /** Keras's class name, such as "HeNormal". */
  readonly className: string;
  /**
   * Random initializers only: the seed in force, in [0, 2^64). Where none was given it was drawn
   * at construction, so that one instance gives the same values at every call.
   */
  readonly seed?: bigint;
  /** @throws ArgumentError where `shape` is none, or not one that the initializer can fill */
  resolve(shape: Shape): Draw;
  /** A fresh object that `JSON.stringify` can write and the class's `fromConfig` reads. */
  getConfig(): Config;
}

/** Whether `value` has the members of an Initializer, ours or somebody else's. */
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
