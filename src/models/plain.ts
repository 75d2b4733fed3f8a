import { ArgumentError, reading, show } from '../core/errors';
import type { Json } from '../formats/json';
import { isInitializer } from '../initializers';

/**
 * How many levels may be nested in one another. A Keras model within a model takes four; an object that refers to itself has
 * more.
 */
export const MAX_DEPTH = 200;
/**
 * How many values an object may hold. 100,000 tensors are less than half of it. An object that is held at
 * many places counts at each of them.
 */
const MAX_VALUES = 2 ** 21;

/** A function that counts the values of `what` and throws an ArgumentError where there are too many. */
export function valueCounter(what: string): (values: number) => void {
  let left = MAX_VALUES;
  return (values) => {
    left -= values;
    if (left < 0) throw new ArgumentError(`${what} holds more than ${MAX_VALUES} values`);
  };
}

/**
 * JSON that a program hands over, in the form in which parsed JSON has it: plain objects become Maps,
 * and keys whose values are undefined are left out. All other values stay as they are; initializers are
 * such values. Everything is read once.
 * @param what names the JSON in messages
 * @throws ArgumentError where it is nested too deeply, holds too much, or cannot be read
 */
export function fromPlain(what: string, value: unknown): Json {
  const count = valueCounter(what);
  const convert = (value: unknown, depth: number): Json => {
    const isList = Array.isArray(value);
    if (!isList && !(value instanceof Map) && !isPlain(value)) return value as Json;
    if (depth === 0) throw new ArgumentError(`${what} is nested too deeply`);
    if (isList) {
      count(value.length);
      return Array.from(value, (item: unknown) => convert(item, depth - 1));
    }
    const map = new Map<string, Json>();
    const entries: Iterable<[unknown, unknown]> = value instanceof Map ? value : Object.entries(value);
    for (const [key, item] of entries) {
      if (typeof key !== 'string')
        throw new ArgumentError(`${what} must have texts as keys, got ${show(key)}`);
      count(1);
      if (item !== undefined) map.set(key, convert(item, depth - 1));
    }
    return map;
  };
  return reading(what, () => convert(value, MAX_DEPTH));
}

/** Whether it is an object without a class, such as an object literal. It may come from another realm. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || isInitializer(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
