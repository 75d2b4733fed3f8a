import { ArgumentError } from '../core/errors';
import type { Json } from '../formats/json';
import { isInitializer } from '../initializers';

/** Deeper than any model of ours or Keras's; what refers to itself is deeper than that. */
export const MAX_DEPTH = 200;

/**
 * JSON that a program hands over, as if it had been parsed: plain objects become Maps, keys that
 * are undefined are left out, and all else, initializers too, stays as it is.
 * @throws ArgumentError where it is nested too deeply
 */
export function fromPlain(what: string, value: unknown, depth = MAX_DEPTH): Json {
  if (!Array.isArray(value) && !isPlain(value)) return value as Json;
  if (depth === 0) throw new ArgumentError(`${what} is nested too deeply`);
  if (Array.isArray(value)) return Array.from(value, (item: unknown) => fromPlain(what, item, depth - 1));
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return new Map(entries.map(([key, item]) => [key, fromPlain(what, item, depth - 1)]));
}

/** An object literal, of whatever realm. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || isInitializer(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
