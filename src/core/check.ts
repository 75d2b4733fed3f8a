import { ArgumentError, reading, show } from './errors';
import { asked, nearest, orKnown } from './nearest';

/** @throws ArgumentError unless `value` is a finite number */
export function finiteNumber(name: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new ArgumentError(`${name} must be a finite number, got ${show(value)}`);
  }
  return value;
}

/** @throws ArgumentError unless `value` is a finite number >= 0 */
export function nonNegativeNumber(name: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw new ArgumentError(`${name} must be a finite number >= 0, got ${show(value)}`);
  }
  return value;
}

/**
 * Checks a count, an index or an offset in bytes.
 * @throws ArgumentError unless `value` is an integer in [0, 2^53)
 */
export function count(name: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || Object.is(value, -0)) {
    throw new ArgumentError(`${name} must be an integer in [0, 2^53), got ${show(value)}`);
  }
  return value;
}

/** @throws ArgumentError unless `value` is an integer in [least, most] */
export function integerIn(name: string, value: unknown, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    throw new ArgumentError(`${name} must be an integer in [${least}, ${most}], got ${show(value)}`);
  }
  return value;
}

/** @throws ArgumentError unless `value` is true or false */
export function trueOrFalse(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean')
    throw new ArgumentError(`${name} must be true or false, got ${show(value)}`);
  return value;
}

/** @throws ArgumentError unless `value` is one of the names in `allowed` */
export function oneOf<T extends string>(name: string, value: unknown, allowed: readonly T[]): T {
  if (!(allowed as readonly unknown[]).includes(value)) {
    const near = asked(nearest(value, allowed));
    throw new ArgumentError(`${name} must be one of ${allowed.join(', ')}, got ${show(value)}${near}`);
  }
  return value as T;
}

/**
 * Checks an object of options, or a configuration.
 * @returns a copy: each known key is read once, so that no getter can give another value later
 * @throws ArgumentError unless `value` is an object whose keys are all known
 */
export function knownKeys(name: string, value: unknown, known: readonly string[]): Record<string, unknown> {
  return reading(name, () => {
    // The keys of a Map, or of a promise of options, would be lost silently.
    if (Object.prototype.toString.call(value) !== '[object Object]') {
      throw new ArgumentError(`${name} must be an object, got ${show(value)}`);
    }
    for (const key of Reflect.ownKeys(value as object)) {
      if (typeof key !== 'string' || !known.includes(key)) {
        throw new ArgumentError(
          `${name} has the unknown key ${show(key)}${orKnown(key, known, 'known keys')}`,
        );
      }
    }
    const copy: Record<string, unknown> = {};
    for (const key of known) {
      const given = (value as Record<string, unknown>)[key];
      if (given !== undefined) copy[key] = given;
    }
    return copy;
  });
}

/** The most elements of an array that a caller passes. */
const MAX_ELEMENTS = 2 ** 22;

/**
 * Reads each element of an array once, in order.
 * @param what what messages say that the value must be
 * @param check gets each element and what messages call it
 * @throws ArgumentError unless `value` is an array of at most MAX_ELEMENTS, and what `check` throws
 */
export function readArray<T>(
  name: string,
  value: unknown,
  what: string,
  check: (element: unknown, name: string) => T,
): T[] {
  const length = reading(name, () => (Array.isArray(value) ? value.length : undefined));
  if (length === undefined) throw new ArgumentError(`${name} must be ${what}, got ${show(value)}`);
  // The length that a Proxy has may be anything.
  integerIn(`the length of ${name}`, length, 0, MAX_ELEMENTS);
  const elements: T[] = [];
  for (let i = 0; i < length; i++) {
    const at = `${name}[${i}]`;
    const element: unknown = reading(at, () => (value as unknown[])[i]);
    elements.push(check(element, at));
  }
  return elements;
}
