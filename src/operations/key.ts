import { count } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import { checkName, Key, type Seed } from '../streams/key';

/** Where the random numbers of an operation come from. */
export interface KeyOptions {
  /** The seed: an integer in [0, 2^64), which must be a BigInt beyond 2^53 - 1, or a Key. */
  seed?: Seed;
  /**
   * A path that derives a stream of its own, `Key.from(seed).fold(name)`. What has the same key is made of the same
   * random words. Default: none.
   */
  name?: string;
  /**
   * The number of the step, an integer in [0, 2^53), whose random numbers are its own: those of
   * `Key.from(seed).fold(step).fold(name)`. Default: none.
   */
  step?: number;
}

/** The keys of the options above, by which misspelt ones are refused. */
export const KEY_KEYS = ['seed', 'name', 'step'] as const;

/** @throws ArgumentError where there is a seed or a step although `keys` says where the key is */
export function refuseBesideKeys(keys: unknown, { seed, step }: KeyOptions): void {
  if (keys === undefined) return;
  for (const [option, value] of Object.entries({ seed, step }))
    if (value !== undefined)
      throw new ArgumentError(`${option} must be left out where keys has the key, got ${show(value)}`);
}

/** @throws ArgumentError where there is no seed, or an option cannot be right */
export function keyOf({ seed, name, step }: KeyOptions): Key {
  if (seed === undefined) throw new ArgumentError('seed is missing: give an integer in [0, 2^64)');
  const root = Key.from(seed);
  const ofStep = step === undefined ? root : root.fold(count('step', step));
  return name === undefined ? ofStep : ofStep.fold(checkName(name));
}
