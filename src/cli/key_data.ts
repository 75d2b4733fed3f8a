import type { StreamKey } from '../index';

/** A key as plain data, which can be sent to a thread, and of which its stream makes the key again. */
export function keyData(key: StreamKey): object {
  return key.toJSON?.() ?? { lo: key.lo, hi: key.hi };
}
