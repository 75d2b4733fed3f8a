import { knownKeys } from '../core/check';
import type { Draw } from '../distributions/draw';
import { ArgumentError, show } from '../core/errors';
import type { Shape } from '../core/shape';
import type { Fields, Values } from './fields';
import type { Config, Initializer } from './initializer';
import { snakeCase } from './snake_case';

/** An initializer whose arguments, checks and configuration all follow from one table of fields. */
export abstract class Configured<F extends Fields> implements Initializer {
  /** The arguments in force: what was given, else Keras's defaults. */
  readonly options: Values<F>;
  readonly #fields: F;

  constructor(
    readonly className: string,
    fields: F,
    options: object,
  ) {
    const given = knownKeys(`the argument of ${className}`, options, Object.keys(fields));
    const values: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(fields)) {
      const value = given[name];
      values[name] = value === undefined ? field.initial : field.check(name, value);
    }
    this.options = Object.freeze(values) as Values<F>;
    this.#fields = fields;
  }

  abstract resolve(shape: Shape): Draw;

  getConfig(): Config {
    const config: Config = {};
    const options: Record<string, any> = this.options;
    for (const [name, field] of Object.entries(this.#fields)) {
      const value = field.toConfig ? field.toConfig(options[name]) : options[name];
      if (value !== undefined) config[snakeCase(name)] = value;
    }
    return config;
  }
}

/**
 * The constructor's argument from a configuration, Keras 3's or an older one: keys that are
 * missing take their defaults, and the `dtype` of TensorFlow 1 is ignored.
 * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
 */
export function readConfig<F extends Fields>(
  className: string,
  fields: F,
  config: unknown,
): Partial<Values<F>> {
  const keys = Object.keys(fields).map(snakeCase);
  const given = knownKeys(`the config of ${className}`, config, [...keys, 'dtype']);
  const dtype = given.dtype ?? null;
  if (dtype !== null && typeof dtype !== 'string') {
    throw new ArgumentError(`dtype, which is ignored, must be a string or null, got ${show(dtype)}`);
  }
  const options: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const key = snakeCase(name);
    const value = given[key];
    if (value === undefined) continue;
    // Checked here already, so that a message names the key as the config spells it.
    options[name] = field.check(key, field.fromConfig ? field.fromConfig(key, value) : value);
  }
  return options as Partial<Values<F>>;
}
