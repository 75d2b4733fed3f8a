import { camelCase, snakeCase } from '../../core/letter_case';
import { reading } from '../../core/errors';
import type { initializers as keras } from '../../index';

/** The values that tf.js and Keras spell differently, as pairs of tf.js's spelling and Keras's. */
const VALUES = [
  ['fanIn', 'fan_in'],
  ['fanOut', 'fan_out'],
  ['fanAvg', 'fan_avg'],
  ['fanGeoAvg', 'fan_geo_avg'],
  ['truncatedNormal', 'truncated_normal'],
  ['untruncatedNormal', 'untruncated_normal'],
] as const;
const kerasValues = new Map<unknown, string>(VALUES);
const tfValues = new Map<unknown, string>(VALUES.map(([tf, keras]) => [keras, tf]));

/**
 * The options of {@link varianceScaling}, whose values may be spelled as Keras does or as tf.js does.
 *
 * @example
 * ```ts
 * import { varianceScaling, type VarianceScalingOptions } from 'tensorseed/tfjs';
 *
 * const options: VarianceScalingOptions = { mode: 'fanOut', distribution: 'untruncatedNormal', seed: 42 };
 * const initializer = varianceScaling(options);
 * console.log(initializer.getConfig().mode); // fanOut
 * ```
 */
export interface VarianceScalingOptions extends Omit<keras.VarianceScalingOptions, 'mode' | 'distribution'> {
  /** The fan that divides `scale`. Default 'fanIn'. */
  readonly mode?: keras.VarianceScalingOptions['mode'] | 'fanIn' | 'fanOut' | 'fanAvg' | 'fanGeoAvg';
  /** What the values are drawn from. Default 'truncatedNormal', also called 'normal'. */
  readonly distribution?:
    | keras.VarianceScalingOptions['distribution']
    | 'truncatedNormal'
    | 'untruncatedNormal';
}

/** The same options with the values in Keras's spelling. */
export function toKerasValues<T>(options: T): T {
  return mapEntries(options, (key, value) => [[key, kerasValues.get(value) ?? value]]);
}

/**
 * A configuration in Keras's spelling from one that tf.js has read. tf.js changes the names and values of
 * the JSON to camelCase and adds an entry `customObjects`, which is left out here.
 */
export function toKerasConfig(config: unknown): unknown {
  return mapEntries(config, (key, value) =>
    key === 'customObjects' ? [] : [[snakeCase(key), kerasValues.get(value) ?? value]],
  );
}

/** A configuration in tf.js's spelling, which tf.js changes to Keras's when it writes the JSON. */
export function toTfConfig(config: Record<string, unknown>): Record<string, unknown> {
  return mapEntries(config, (key, value) => [[camelCase(key), tfValues.get(value) ?? value]]);
}

/** An object with other entries, or any other value as it is. */
function mapEntries<T>(value: T, change: (key: string, value: unknown) => [string, unknown][]): T {
  const isPlain = reading('options', () => Object.prototype.toString.call(value) === '[object Object]');
  if (!isPlain) return value;
  const entries = reading('options', () => Object.entries(value as object));
  return Object.fromEntries(entries.flatMap(([key, each]) => change(key, each))) as T;
}
