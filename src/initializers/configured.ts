import { knownKeys } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import type { Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import type { Config, Initializer } from './initializer';
import { snakeCase } from '../core/letter_case';
import type { OptionTable } from './options';

const keys = new Map<string, string>();

/** The key of one of our options in a configuration. It is kept, since models with many tensors ask for it often. */
function keyOf(option: string): string {
  let key = keys.get(option);
  if (key === undefined) keys.set(option, (key = snakeCase(option)));
  return key;
}

/** An initializer whose options, checks and configuration all follow from one table of options. */
export abstract class Configured<Options extends object> implements Initializer {
  /**
   * The options in force: those that were given, and Keras's defaults for all others. They are frozen and
   * normalized: a seed is a bigint or null, and names are in lower case.
   */
  readonly options: Readonly<Required<Options>>;
  // It is not enumerable, and not #private, so that a Proxy of an initializer is one, too.
  declare private readonly table: OptionTable;

  protected constructor(
    /** Keras's class name, such as "HeNormal". */
    readonly className: string,
    table: OptionTable,
    options: Options,
  ) {
    const given = knownKeys(`the argument of ${className}`, options, Object.keys(table));
    const values: Record<string, unknown> = {};
    for (const [name, option] of Object.entries(table)) {
      const value = given[name];
      values[name] = value === undefined ? option.initial : option.check(name, value);
    }
    this.options = Object.freeze(values) as Readonly<Required<Options>>;
    Object.defineProperty(this, 'table', { value: table });
  }

  abstract resolve(shape: Shape): Draw;

  /**
   * Returns the options under Keras's names, in Keras's order, as a new object for `JSON.stringify`.
   *
   * The class's `fromConfig` reads it back. A seed that was not given is null.
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * const initializer = initializers.randomNormal({ stddev: 0.02, seed: 7 });
   * console.log(initializer.getConfig()); // { seed: 7, mean: 0, stddev: 0.02 }
   * ```
   */
  getConfig(): Config {
    const config: Config = {};
    const options: Record<string, any> = this.options;
    for (const [name, option] of Object.entries(this.table)) {
      const value = option.toConfig ? option.toConfig(options[name]) : options[name];
      if (value !== undefined) config[keyOf(name)] = value;
    }
    return config;
  }
}

/**
 * The options in a configuration of Keras 3 or an older version. Keys that are missing take their
 * defaults, and the `dtype` of TensorFlow 1 is ignored.
 * @param table the options of the class, which check every value
 * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
 */
export function readConfig<Options extends object>(
  className: string,
  table: OptionTable,
  config: unknown,
): Options {
  const known = [...Object.keys(table).map(keyOf), 'dtype'];
  const given = knownKeys(`the config of ${className}`, config, known);
  const dtype = given.dtype ?? null;
  if (dtype !== null && typeof dtype !== 'string') {
    throw new ArgumentError(`dtype, which is ignored, must be a string or null, got ${show(dtype)}`);
  }
  const options: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(table)) {
    const key = keyOf(name);
    const value = given[key];
    if (value === undefined) continue;
    // The constructor checks again; this check names the key as the configuration spells it.
    options[name] = option.check(key, option.fromConfig ? option.fromConfig(key, value) : value);
  }
  return options as Options;
}
