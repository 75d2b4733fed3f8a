import { count, finiteNumber, oneOf } from '../../core/check';
import { ArgumentError, show } from '../../core/errors';
import { serialize } from '../../initializers/envelope';
import { isInitializer } from '../../initializers/initializer';
import { makerOf } from '../../initializers/registry';
import { anyInitializer } from '../../initializers/all';
import type { InitializerJson, InitializerSpec } from '../../initializers/spec';
import { parseJson, toPlain } from '../../formats/json';
import { MAX_DEPTH } from '../plain';
import type { DataFormat } from './shape';

/**
 * One field of a layer's configuration: its default, as Keras has it, and what it may be. `Input` is
 * what callers may give; the value itself is JSON, as Keras's configurations hold it.
 */
export interface ConfigField<T, Input = T> {
  /** Undefined where a value must be given. */
  readonly initial: T | undefined;
  /**
   * The value as it is kept.
   * @param name the field's name for the message
   * @throws ArgumentError where the value cannot be right
   */
  read(name: string, value: unknown): T;
  /** Whether null is a value of its own. Otherwise null in a file stands for `none`, or else for `initial`. */
  readonly takesNull?: boolean;
  readonly none?: T;
  /** The value as Keras writes it. Default: the value itself. */
  write?(value: T): unknown;
  /** It carries the type alone and is never set. */
  readonly input?: Input;
}

/** The fields of a configuration by Keras's keys, in Keras's order. */
export type ConfigFields = Readonly<Record<string, ConfigField<any, any>>>;

export type ConfigValues<F extends ConfigFields> = {
  readonly [K in keyof F]: F[K] extends ConfigField<infer T, any> ? T : never;
};
export type InputOf<F> = F extends ConfigField<any, infer Input> ? Input : never;

const fail = (name: string, wanted: string, value: unknown): never => {
  throw new ArgumentError(`${name} must be ${wanted}, got ${show(value)}`);
};

/** A positive integer: units, filters, a window. */
export const size = (initial?: number): ConfigField<number> => ({
  initial,
  read: (name, value) =>
    Number.isSafeInteger(value) && (value as number) > 0
      ? (value as number)
      : fail(name, 'a positive integer', value),
});

export const natural = (initial?: number): ConfigField<number> => ({ initial, read: count });

export const integer = (initial?: number): ConfigField<number> => ({
  initial,
  read: (name, value) => (Number.isSafeInteger(value) ? (value as number) : fail(name, 'an integer', value)),
});

export const real = (initial?: number): ConfigField<number> => ({ initial, read: finiteNumber });

/** A boolean, for which some files have 0 or 1. Python takes None for false. */
export const flag = (initial?: boolean): ConfigField<boolean> => ({
  initial,
  none: false,
  read: (name, value) =>
    typeof value === 'boolean' || value === 0 || value === 1
      ? Boolean(value)
      : fail(name, 'true or false', value),
});

export const choice = <T extends string>(initial: T | undefined, allowed: readonly T[]): ConfigField<T> => ({
  initial,
  read: (name, value) => oneOf(name, typeof value === 'string' ? value.toLowerCase() : value, allowed),
});

export const text = (initial?: string): ConfigField<string> => ({
  initial,
  read: (name, value) => (typeof value === 'string' ? value : fail(name, 'a string', value)),
});

/** A field that may also be null, which is its default unless `field` has one. */
export const optional = <T, I>(field: ConfigField<T, I>): ConfigField<T | null, I | null> => ({
  initial: field.initial === undefined ? null : field.initial,
  takesNull: true,
  read: (name, value) => (value === null ? null : field.read(name, value)),
});

export const list = <T, I = T>(
  item: ConfigField<T, I>,
  initial?: readonly T[],
): ConfigField<readonly T[], readonly I[]> => ({
  initial,
  read: (name, value) =>
    Array.isArray(value)
      ? value.map((one, i) => item.read(`${name}[${i}]`, one))
      : fail(name, 'a list', value),
});

/** One value or a list of them. */
export const oneOrList = <T>(
  item: ConfigField<T>,
  initial?: T | readonly T[],
): ConfigField<T | readonly T[]> => ({
  initial,
  read: (name, value) => (Array.isArray(value) ? list(item).read(name, value) : item.read(name, value)),
});

/** `rank` values, or one that stands for all of them. */
export const each = <T>(
  rank: number,
  item: ConfigField<T>,
  initial?: T,
): ConfigField<readonly T[], T | readonly T[]> => ({
  initial: initial === undefined ? undefined : Array<T>(rank).fill(initial),
  read(name, value) {
    if (!Array.isArray(value)) return Array<T>(rank).fill(item.read(name, value));
    if (value.length !== rank) return fail(name, `one value or ${rank} of them`, value);
    return list(item).read(name, value);
  },
});

type Margin = readonly number[];

/** Amounts before and after each of `rank` axes: one number, one per axis, or [before, after] per axis. */
export const margins = (
  rank: number,
  initial: number,
): ConfigField<readonly Margin[], number | readonly (number | Margin)[]> => {
  const pair = each(2, natural());
  return {
    initial: Array.from({ length: rank }, () => [initial, initial]),
    read(name, value) {
      const isPair = rank === 1 && Array.isArray(value) && typeof value[0] === 'number';
      const axes = Array.isArray(value) && !isPair ? value : Array(rank).fill(value);
      if (axes.length !== rank) return fail(name, `one value or ${rank} of them`, value);
      return axes.map((axis, i) => pair.read(`${name}[${i}]`, axis));
    },
    write: (value) => (rank === 1 ? value[0] : value),
  };
};

export const padding = choice('valid', ['valid', 'same']);
export const causalPadding = choice('valid', ['valid', 'same', 'causal']);

/** Null stands for Keras's global setting, whose default is channels_last. */
export const dataFormat: ConfigField<DataFormat, DataFormat | null> = {
  initial: 'channels_last',
  takesNull: true,
  read: (name, value) =>
    value === null ? 'channels_last' : oneOf(name, value, ['channels_last', 'channels_first']),
};

/** A field of any JSON, which is kept as it is and changes neither weights nor shapes. */
export const json = (initial: unknown = null): ConfigField<unknown> => ({
  initial,
  takesNull: true,
  read: (_, value) => value,
});

/**
 * An initializer, kept as JSON. Null is glorot_uniform, as in Keras's add_weight. JSON that names none of
 * this library's initializers is kept as it is: a hook may replace it.
 */
export const initializer = (initial: string): ConfigField<InitializerJson, InitializerSpec | null> => ({
  initial,
  takesNull: true,
  read(name, value) {
    if (value === null) return 'glorot_uniform';
    const made = makerOf(value)?.() ?? value;
    if (isInitializer(made)) return { ...serialize(made) };
    if (typeof value === 'string' || (typeof value === 'object' && !Array.isArray(value)))
      return value as InitializerJson;
    return fail(name, 'an initializer', value);
  },
  write(json) {
    try {
      return serialize(anyInitializer(json));
    } catch (error) {
      if (error instanceof ArgumentError) return json;
      throw error;
    }
  },
});

/**
 * The JSON of a layer, as the factories of `layers` return it and as Keras writes it.
 *
 * @example
 * ```ts
 * import { type LayerSource, Sequential } from 'tensorseed/models';
 *
 * const dense: LayerSource = { class_name: 'Dense', config: { units: 4, batch_input_shape: [null, 3] } };
 * console.log(new Sequential([dense]).countParams()); // 16
 * ```
 */
export interface LayerSource {
  /** The name of Keras's class, such as "Dense". */
  readonly class_name: string;
  /** The arguments of the class under Keras's names. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What else Keras writes beside them, such as "module" and "registered_name". */
  readonly [key: string]: unknown;
}

/**
 * Something that writes the JSON of a layer, as a KerasModel does. A factory takes it for a layer.
 *
 * @example
 * ```ts
 * import { type JsonWriter, layers, Sequential } from 'tensorseed/models';
 *
 * const encoder: JsonWriter = new Sequential([layers.dense({ units: 4, inputShape: [3] })]);
 * const steps = new Sequential([layers.timeDistributed(encoder, { inputShape: [5, 3] })]);
 * console.log(steps.layers[0].outputShape?.join()); // ,5,4
 * ```
 */
export interface JsonWriter {
  /**
   * The text of the JSON, an object with "class_name" and "config".
   *
   * @example
   * ```ts
   * import { type JsonWriter, layers } from 'tensorseed/models';
   *
   * const writer: JsonWriter = { toJson: () => JSON.stringify(layers.dense({ units: 4 })) };
   * console.log(layers.timeDistributed(writer).class_name); // TimeDistributed
   * ```
   */
  toJson(): string;
}

/** A layer's JSON; a model stands for its own. */
export const layer = (): ConfigField<LayerSource, LayerSource | JsonWriter> => ({
  initial: undefined,
  read(name, value) {
    const given: Partial<LayerSource & JsonWriter> = typeof value === 'object' && value !== null ? value : {};
    if (typeof given.toJson === 'function') {
      const text: unknown = given.toJson();
      if (typeof text !== 'string') fail(`${name}.toJson()`, 'a text', text);
      return this.read(
        name,
        toPlain(name, parseJson(name, text as string, { depth: MAX_DEPTH, integers: false })),
      );
    }
    if (typeof given.class_name !== 'string' || typeof given.config !== 'object' || given.config === null)
      fail(name, 'a layer, {"class_name", "config"}', value);
    return value as LayerSource;
  },
});
