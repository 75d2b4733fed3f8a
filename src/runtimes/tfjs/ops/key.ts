import { ArgumentError, show } from '../../../core/errors';
import { Key } from '../../../index';

/** What tf.js takes for a seed. */
export type TfSeed = number | string | undefined;

/**
 * The key of a seed as tf.js takes it. An integer in [0, 2^53) is the seed of that number, also as a string; any
 * other number and any other string has a key of its own; without a seed the key is random.
 * @throws ArgumentError for anything else
 */
export function keyOfSeed(seed: TfSeed): Key {
  if (seed === undefined || seed === null) return Key.random();
  if (typeof seed !== 'number' && typeof seed !== 'string')
    throw new ArgumentError(`seed must be a number or a string, got ${show(seed)}`);
  const number = Number(seed);
  const isInteger = Number.isSafeInteger(number) && number >= 0 && String(number) === String(seed);
  // A slash would begin another segment of a name.
  return isInteger
    ? Key.from(number + 0) // The zero has no sign.
    : Key.from(0).fold(`tfjs ${encodeURIComponent(String(seed))}`);
}
