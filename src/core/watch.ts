import { ArgumentError, reading, show } from './errors';

/** Options to watch a computation and to stop it. */
export interface Watch {
  /** Stops the computation when it is aborted: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /**
   * A function that is called now and then with the share of the work that is done, in [0, 1]. Where it
   * throws, the computation stops and the promise rejects with what was thrown.
   */
  readonly onProgress?: (share: number) => void;
}

/**
 * The watch among options.
 * @throws ArgumentError unless `signal` is undefined or an AbortSignal, of this or another realm, and
 *   `onProgress` is undefined or a function
 */
export function watchOf({ signal, onProgress }: Watch): Watch {
  if (signal !== undefined && !reading('signal', () => isSignal(signal)))
    throw new ArgumentError(`signal must be an AbortSignal, got ${show(signal)}`);
  if (onProgress !== undefined && typeof onProgress !== 'function')
    throw new ArgumentError(`onProgress must be a function, got ${show(onProgress)}`);
  return { signal, onProgress };
}

function isSignal(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { aborted, throwIfAborted, addEventListener } = value as AbortSignal;
  return (
    typeof aborted === 'boolean' &&
    typeof throwIfAborted === 'function' &&
    typeof addEventListener === 'function'
  );
}
