import { readArray, finiteNumber, integerIn, nonNegativeNumber, oneOf } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import { Key, type Seed } from '../streams/key';
import type { ConfigValue } from './initializer';

/** One option of an initializer: its default, what it may be, and how a configuration spells it. */
export interface Option<T> {
  /** The default. */
  readonly initial: T;
  /**
   * Checks and normalizes a value.
   * @param name what messages call the option
   * @throws ArgumentError where the value cannot be right
   */
  check(name: string, value: unknown): T;
  /** Turns a configuration's value into one for `check`. Where it is missing, the value stays as it is. */
  fromConfig?(name: string, value: unknown): unknown;
  /**
   * Turns the value into a configuration's; undefined leaves the key out. Where it is missing, the value
   * stays as it is.
   */
  toConfig?(value: T): ConfigValue | undefined;
}

/** The options of an initializer by their names. */
export type OptionTable = Readonly<Record<string, Option<any>>>;

/** A table with exactly one option for each property of an interface. */
export type OptionTableOf<Options> = { readonly [K in keyof Options]-?: Option<any> };

/** An option that takes finite numbers. */
export const finite = (initial: number): Option<number> => ({ initial, check: finiteNumber });

/** An option that takes finite numbers >= 0. */
export const nonNegative = (initial: number): Option<number> => ({ initial, check: nonNegativeNumber });

/** An option that takes finite numbers > 0. */
export const positive = (initial: number): Option<number> => ({
  initial,
  check(name, value) {
    if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) {
      throw new ArgumentError(`${name} must be a finite number > 0, got ${show(value)}`);
    }
    return value;
  },
});

/** An option that takes integers >= 1. */
export const count = (initial: number): Option<number> => ({
  initial,
  check: (name, value) => integerIn(name, value, 1, Number.MAX_SAFE_INTEGER),
});

/** An option that takes one of several names. */
export const choice = <T extends string>(initial: T, allowed: readonly T[]): Option<T> => ({
  initial,
  check: (name, value) => oneOf(name, value, allowed),
});

/**
 * A seed, or null for one that is drawn at construction. JSON numbers are exact only up to 2^53 - 1, so a
 * configuration holds a larger seed as a string of decimal digits, which Keras itself does not read.
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

/** Axes of a shape, or null where the rank decides. Negative axes count from the end of the shape. */
export const axes: Option<readonly number[] | null> = {
  initial: null,
  check(name, value) {
    if (value === null) return null;
    const what = 'null or an array of integers';
    const given = readArray(name, value, what, (axis) => {
      if (typeof axis === 'number' && Number.isSafeInteger(axis)) return axis + 0; // -0 becomes 0
      throw new ArgumentError(`${name} must be ${what}, got ${show(value)}`);
    });
    if (new Set(given).size < given.length) {
      throw new ArgumentError(`${name} must name each axis once, got ${show(given)}`);
    }
    return Object.freeze(given);
  },
  toConfig: (value) => value && [...value],
};
