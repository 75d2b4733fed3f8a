import { count, finiteNumber, oneOf } from '../../core/check';
import { ArgumentError, show } from '../../core/errors';
import { get } from '../../initializers/get';
import { isInitializer } from '../../initializers/initializer';
import { makerOf } from '../../initializers/registry';
import { serialize } from '../../initializers/serialization';
import type { Initializer } from '../../initializers/initializer';
import type { InitializerSource } from '../initializer_source';

/**
 * One argument of a layer: its default, as Keras has it, and what it may be. `Input` is what
 * callers may give; the value itself is JSON, as Keras's configurations hold it.
 */
export interface Field<T, Input = T> {
  /** Undefined where the argument must be given. */
  readonly initial: T | undefined;
  /** The value as it is kept. @throws ArgumentError, naming the argument */
  read(name: string, value: unknown): T;
  /** The value as Keras writes it, where that is not the value itself. */
  write?(value: T): unknown;
  /** For the types alone. */
  readonly input?: Input;
}

export type Fields = Readonly<Record<string, Field<any, any>>>;
export type Values<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer T, any> ? T : never;
};
export type InputOf<F> = F extends Field<any, infer Input> ? Input : never;

const fail = (name: string, wanted: string, value: unknown): never => {
  throw new ArgumentError(`${name} must be ${wanted}, got ${show(value)}`);
};

/** A positive integer: units, filters, a window. */
export const size = (initial?: number): Field<number> => ({
  initial,
  read: (name, value) =>
    Number.isSafeInteger(value) && (value as number) > 0
      ? (value as number)
      : fail(name, 'a positive integer', value),
});

export const natural = (initial?: number): Field<number> => ({ initial, read: count });

export const integer = (initial?: number): Field<number> => ({
  initial,
  read: (name, value) => (Number.isSafeInteger(value) ? (value as number) : fail(name, 'an integer', value)),
});

export const real = (initial?: number): Field<number> => ({ initial, read: finiteNumber });

/** Python's truth of a boolean: 0 and 1 were written for False and True at times. */
export const flag = (initial?: boolean): Field<boolean> => ({
  initial,
  read: (name, value) =>
    typeof value === 'boolean' || value === 0 || value === 1
      ? Boolean(value)
      : fail(name, 'true or false', value),
});

export const choice = <T extends string>(initial: T | undefined, allowed: readonly T[]): Field<T> => ({
  initial,
  read: (name, value) => oneOf(name, typeof value === 'string' ? value.toLowerCase() : value, allowed),
});

export const text = (initial?: string): Field<string> => ({
  initial,
  read: (name, value) => (typeof value === 'string' ? value : fail(name, 'a string', value)),
});

/** A field that may also be null, and is unless something is given. */
export const optional = <T, I>(field: Field<T, I>): Field<T | null, I | null> => ({
  initial: field.initial === undefined ? null : field.initial,
  read: (name, value) => (value === null ? null : field.read(name, value)),
});

export const list = <T, I = T>(
  item: Field<T, I>,
  initial?: readonly T[],
): Field<readonly T[], readonly I[]> => ({
  initial,
  read: (name, value) =>
    Array.isArray(value)
      ? value.map((one, i) => item.read(`${name}[${i}]`, one))
      : fail(name, 'a list', value),
});

/** One value or a list of them. */
export const oneOrList = <T>(item: Field<T>, initial?: T | readonly T[]): Field<T | readonly T[]> => ({
  initial,
  read: (name, value) => (Array.isArray(value) ? list(item).read(name, value) : item.read(name, value)),
});

/** `rank` values, or one that stands for all of them. */
export const each = <T>(
  rank: number,
  item: Field<T>,
  initial?: T,
): Field<readonly T[], T | readonly T[]> => ({
  initial: initial === undefined ? undefined : Array<T>(rank).fill(initial),
  read(name, value) {
    if (!Array.isArray(value)) return Array<T>(rank).fill(item.read(name, value));
    if (value.length !== rank) return fail(name, `one value or ${rank} of them`, value);
    return list(item).read(name, value);
  },
});

/** Amounts before and after each of `rank` axes: one number, one per axis, or [before, after] per axis. */
export const margins = (
  rank: number,
  initial: number,
): Field<readonly (readonly number[])[], number | readonly (number | readonly number[])[]> => {
  const pair = each(2, natural());
  return {
    initial: Array.from({ length: rank }, () => [initial, initial]),
    read(name, value) {
      const axes =
        Array.isArray(value) && !(rank === 1 && typeof value[0] === 'number')
          ? value
          : Array(rank).fill(value);
      if (axes.length !== rank) return fail(name, `one value or ${rank} of them`, value);
      return axes.map((axis, i) => pair.read(`${name}[${i}]`, axis));
    },
    write: (value) => (rank === 1 ? value[0] : value),
  };
};

export const padding = choice('valid', ['valid', 'same']);
export const causalPadding = choice('valid', ['valid', 'same', 'causal']);

/** Null is what Keras's own settings say, and these are channels_last unless somebody changed them. */
export const dataFormat: Field<
  'channels_last' | 'channels_first',
  'channels_last' | 'channels_first' | null
> = {
  initial: 'channels_last',
  read: (name, value) =>
    value === null ? 'channels_last' : oneOf(name, value, ['channels_last', 'channels_first']),
};

/** What changes neither weights nor shapes is kept as it is: any JSON. */
export const json = (initial: unknown = null): Field<unknown> => ({ initial, read: (_, value) => value });

/** Keras 3's JSON of one of its initializers; what is none of them is left as it is. */
function initializerJson(source: InitializerSource): unknown {
  try {
    return serialize(get(source));
  } catch (error) {
    if (error instanceof ArgumentError) return source;
    throw error;
  }
}

export type InitializerInput =
  | InitializerSource
  | Initializer
  | (new () => Initializer)
  | (() => Initializer);

/** An initializer's JSON; null is glorot_uniform, as in Keras's add_weight. Ours are written as Keras's JSON. */
export const initializer = (initial: string): Field<InitializerSource, InitializerInput | null> => ({
  initial,
  read(name, value) {
    if (value === null) return 'glorot_uniform';
    const make = makerOf(value);
    const made = make ? make() : value;
    if (isInitializer(made)) return { ...serialize(made) };
    if (typeof value === 'string' || (typeof value === 'object' && !Array.isArray(value)))
      return value as InitializerSource;
    return fail(name, 'an initializer', value);
  },
  write: initializerJson,
});

/** The JSON of a layer, as the factories of `layers` return it. */
export interface LayerSource {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** A model, seen from here. */
export interface Writable {
  toJson(): string;
}

/** A layer's JSON; a model stands for its own. */
export const layer = (): Field<LayerSource, LayerSource | Writable> => ({
  initial: undefined,
  read(name, value) {
    const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown> &
      Partial<Writable>;
    if (typeof given.toJson === 'function') return JSON.parse(given.toJson()) as LayerSource;
    if (typeof given.class_name !== 'string' || typeof given.config !== 'object' || given.config === null)
      fail(name, 'a layer, {"class_name", "config"}', value);
    return value as LayerSource;
  },
});
