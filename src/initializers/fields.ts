import { finiteNumber, nonNegativeNumber, oneOf } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import { Key, type Seed } from '../streams/key';
import type { ConfigValue } from './initializer';

/** One argument of an initializer: its default, what it may be, and how a config spells it. */
export interface Field<T> {
  readonly initial: T;
  /** The value as it is kept. `name` is the argument's, for the message of the ArgumentError. */
  check(name: string, value: unknown): T;
  /** What `check` takes, from a config's value; where absent, the value itself. */
  fromConfig?(name: string, value: unknown): unknown;
  /** The config's value; undefined leaves the key out. Where absent, the value itself. */
  toConfig?(value: T): ConfigValue | undefined;
}

export type Fields = Readonly<Record<string, Field<any>>>;
/** Exactly one field for each of an interface's options. */
export type FieldsOf<Options> = { readonly [K in keyof Options]-?: Field<any> };
export type Values<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

export const finite = (initial: number): Field<number> => ({ initial, check: finiteNumber });

export const nonNegative = (initial: number): Field<number> => ({ initial, check: nonNegativeNumber });

export const positive = (initial: number): Field<number> => ({
  initial,
  check(name, value) {
    if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) {
      throw new ArgumentError(`${name} must be a finite number > 0, got ${show(value)}`);
    }
    return value;
  },
});

export const choice = <T extends string>(initial: T, allowed: readonly T[]): Field<T> => ({
  initial,
  check: (name, value) => oneOf(name, value, allowed),
});

/**
 * A seed, or null for one drawn at construction. JSON numbers end at 2^53 - 1: a larger seed
 * stands in a config as a string of decimal digits, which Keras itself does not read.
 */
export const seed: Field<bigint | null> = {
  initial: null,
  check: (_, value) => (value === null ? null : Key.from(value as Seed).value),
  fromConfig(name, value) {
    if (typeof value === 'number' && value > Number.MAX_SAFE_INTEGER) {
      throw new ArgumentError(
        `${name} beyond 2^53 - 1 must be a string of decimal digits in a config, got ${show(value)}`,
      );
    }
    if (typeof value !== 'string') return value;
    // Smaller seeds have one spelling, the number, so that "42" and "042" stay the mistakes they are.
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

/** Axes of a shape, negative ones counted from its end; null where the rank decides. */
export const axes: Field<readonly number[] | null> = {
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
