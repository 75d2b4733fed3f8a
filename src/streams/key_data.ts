import { reading } from '../core/errors';

/**
 * The key that is left as plain data of JSON or `structuredClone`; undefined for any other value, also for the keys
 * and the generators themselves.
 * @param read makes the key of the members, or undefined where they are not those of a key
 */
export function keyOfPlainData<K>(
  seed: unknown,
  read: (data: Readonly<Record<string, unknown>>) => K | undefined,
): K | undefined {
  if (typeof seed !== 'object' || seed === null) return undefined;
  return reading('seed', () =>
    'stream' in seed ? undefined : read(seed as Readonly<Record<string, unknown>>),
  );
}

/** An integer in decimal digits as a BigInt, and any other value as it is. */
export function ofDigits(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,20}$/.test(value) ? BigInt(value) : value;
}
