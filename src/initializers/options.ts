import { finiteNumber, nonNegativeNumber, oneOf } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import { Key, type Seed } from '../streams/key';
import type { ConfigValue } from './initializer';

/** One option of an initializer: its default, what it may be, and how a configuration spells it. */
export interface Option<T> {
  readonly initial: T;
  /**
   * The value as it is kept.
   * @param name the option's name for the message
   * @throws ArgumentError where the value cannot be right
   */
  check(name: string, value: unknown): T;
  /** What `check` takes, from a configuration's value. Default: the value itself. */
  fromConfig?(name: string, value: unknown): unknown;
  /** The configuration's value; undefined leaves the key out. Default: the value itself. */
  toConfig?(value: T): ConfigValue | undefined;
}

/** The options of an initializer by their names. */
export type OptionTable = Readonly<Record<string, Option<any>>>;

/** A table with exactly one option for each property of an interface. */
export type OptionTableOf<Options> = { readonly [K in keyof Options]-?: Option<any> };

/** The values that the options of a table have. */
export type OptionValues<T extends OptionTable> = {
  readonly [K in keyof T]: T[K] extends Option<infer Value> ? Value : never;
};

export const finite = (initial: number): Option<number> => ({ initial, check: finiteNumber });

export const nonNegative = (initial: number): Option<number> => ({ initial, check: nonNegativeNumber });

export const positive = (initial: number): Option<number> => ({
  initial,
  check(name, value) {
    if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) {
      throw new ArgumentError(`${name} must be a finite number > 0, got ${show(value)}`);
    }
    return value;
  },
});

export const choice = <T extends string>(initial: T, allowed: readonly T[]): Option<T> => ({
  initial,
  check: (name, value) => oneOf(name, value, allowed),
});

/**
 * A seed, or null for one that is drawn at construction. JSON numbers are exact up to 2^53 - 1: a larger
 * seed is a string of decimal digits in a configuration, which Keras itself does not read.
 */
export const seed: Option<bigint | null> = {
  initial: null,
  check: (_, value) => (value === null ? null : Key.from(value as Seed).value),
  fromConfig(name, value) {
    if (typeof value === 'number' && value > Number.MAX_SAFE_INTEGER) {
      throw new ArgumentError(
        `${name} beyond 2^53 - 1 must be a string of decimal digits in a config, got ${show(value)}`,
      );
    }
    if (typeof value !== 'string') return value;
    // Only the number spells a smaller seed, so that "42" and "042" are errors.
    if (!/^[1-9]\d{15,19}$/.test(value) || BigInt(value) <= Number.MAX_SAFE_INTEGER) {
      throw new ArgumentError(
        `${name} must be an integer, or beyond 2^53 - 1 a string of its decimal digits, got ${show(value)}`,
      );
    }
    return BigInt(value);
  },
  toConfig(value) {
    if (value === null) return null;
    return value <= Number.MAX_SAFE_INTEGER ? Number(value) : String(value);
  },
};

/** Axes of a shape, of which negative ones count from its end; null where the rank decides. */
export const axes: Option<readonly number[] | null> = {
  initial: null,
  check(name, value) {
    if (value === null) return null;
    if (!Array.isArray(value) || !Array.from(value).every(Number.isSafeInteger)) {
      throw new ArgumentError(`${name} must be null or an array of integers, got ${show(value)}`);
    }
    if (new Set(value).size < value.length) {
      throw new ArgumentError(`${name} must name each axis once, got ${show(value)}`);
    }
    return Object.freeze(value.map((axis: number) => axis + 0)); // -0 becomes 0
  },
  toConfig: (value) => value && [...value],
};
