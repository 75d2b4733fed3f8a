import { ArgumentError } from '../core/errors';
import type { Json } from '../formats/json';
import { isInitializer } from '../initializers';

/**
 * How many levels may be nested in one another. No model has so many; an object that refers to itself has
 * more.
 */
export const MAX_DEPTH = 200;

/**
 * JSON that a program hands over, in the form in which parsed JSON has it: plain objects become Maps,
 * and keys whose values are undefined are left out. All other values stay as they are; initializers are
 * such values.
 * @param what names the JSON in messages
 * @throws ArgumentError where it is nested too deeply
 */
export function fromPlain(what: string, value: unknown, depth = MAX_DEPTH): Json {
  if (!Array.isArray(value) && !isPlain(value)) return value as Json;
  if (depth === 0) throw new ArgumentError(`${what} is nested too deeply`);
  if (Array.isArray(value)) return Array.from(value, (item: unknown) => fromPlain(what, item, depth - 1));
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return new Map(entries.map(([key, item]) => [key, fromPlain(what, item, depth - 1)]));
}

/** Whether it is an object without a class, such as an object literal. It may come from another realm. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || isInitializer(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
