import { snakeCase } from '../../initializers/letter_case';

/** Values as tf.js spells them, and as Keras does. */
const VALUES = [
  ['fanIn', 'fan_in'],
  ['fanOut', 'fan_out'],
  ['fanAvg', 'fan_avg'],
  ['truncatedNormal', 'truncated_normal'],
  ['untruncatedNormal', 'untruncated_normal'],
] as const;
const kerasValues = new Map<unknown, string>(VALUES);
const tfValues = new Map<unknown, string>(VALUES.map(([tf, keras]) => [keras, tf]));

/** Options whose values may be spelled in tf.js's way, too. */
export type EitherSpelling<Options> = { [K in keyof Options]: Options[K] | TfSpelling<Options[K]> };
type TfSpelling<Value> = (typeof VALUES)[number] extends infer Pair
  ? Pair extends readonly [infer Tf, Value]
    ? Tf
    : never
  : never;

/** The same options in Keras's spelling. */
export function toKerasValues<Options extends object>(options: EitherSpelling<Options>): Options {
  return mapEntries(options, (key, value) => [key, kerasValues.get(value) ?? value]) as Options;
}

/**
 * A config in Keras's spelling from one in tf.js's, which camel-cases names and values of the JSON that it reads and
 * adds `customObjects` of its own.
 */
export function toKerasConfig({
  customObjects,
  ...config
}: Record<string, unknown>): Record<string, unknown> {
  return mapEntries(config, (key, value) => [snakeCase(key), kerasValues.get(value) ?? value]);
}

/** A config in tf.js's spelling, of which tf.js itself makes Keras's JSON. */
export function toTfConfig(config: Record<string, unknown>): Record<string, unknown> {
  const camelCase = (key: string): string =>
    key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  return mapEntries(config, (key, value) => [camelCase(key), tfValues.get(value) ?? value]);
}

function mapEntries(
  object: object,
  change: (key: string, value: unknown) => [string, unknown],
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => change(key, value)));
}
