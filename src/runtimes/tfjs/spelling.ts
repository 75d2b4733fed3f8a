import { camelCase, snakeCase } from '../../core/letter_case';

/** The values that tf.js and Keras spell differently: tf.js's spelling, and Keras's. */
const VALUES = [
  ['fanIn', 'fan_in'],
  ['fanOut', 'fan_out'],
  ['fanAvg', 'fan_avg'],
  ['truncatedNormal', 'truncated_normal'],
  ['untruncatedNormal', 'untruncated_normal'],
] as const;
const kerasValues = new Map<unknown, string>(VALUES);
const tfValues = new Map<unknown, string>(VALUES.map(([tf, keras]) => [keras, tf]));

/** Options whose values may also be spelled as tf.js does. */
export type EitherSpelling<Options> = { [K in keyof Options]: Options[K] | TfSpelling<Options[K]> };
type TfSpelling<Value> = (typeof VALUES)[number] extends infer Pair
  ? Pair extends readonly [infer Tf, Value]
    ? Tf
    : never
  : never;

/** The same options with the values in Keras's spelling. */
export function toKerasValues<Options extends object>(options: EitherSpelling<Options>): Options {
  return mapEntries(options, (key, value) => [key, kerasValues.get(value) ?? value]) as Options;
}

/**
 * A configuration in Keras's spelling from one that tf.js has read. tf.js changes the names and values of
 * the JSON to camelCase and adds an entry `customObjects`, which is left out here.
 */
export function toKerasConfig({
  customObjects,
  ...config
}: Record<string, unknown>): Record<string, unknown> {
  return mapEntries(config, (key, value) => [snakeCase(key), kerasValues.get(value) ?? value]);
}

/** A configuration in tf.js's spelling, which tf.js changes to Keras's when it writes the JSON. */
export function toTfConfig(config: Record<string, unknown>): Record<string, unknown> {
  return mapEntries(config, (key, value) => [camelCase(key), tfValues.get(value) ?? value]);
}

function mapEntries(
  object: object,
  change: (key: string, value: unknown) => [string, unknown],
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => change(key, value)));
}
