import { ArgumentError, show } from './errors';

/** @throws ArgumentError unless `signal` is undefined or an AbortSignal, of this or another realm */
export function checkSignal(signal: unknown): void {
  const hasState = typeof signal === 'object' && signal !== null && 'aborted' in signal;
  if (signal !== undefined && !hasState)
    throw new ArgumentError(`signal must be an AbortSignal, got ${show(signal)}`);
}

/** Throws the signal's reason where it is aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw signal.reason;
}
