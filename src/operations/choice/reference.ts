/** The twin of shaders/operations/choice.wgsl. */
import { mulHi } from '../../arithmetic/mul';
import type { Key } from '../../streams/key';
import { streamBlock } from '../../streams/stream';

const words = new Uint32Array(4);

/**
 * Chooses the indices of elements with replacement.
 * @param start the first element, a multiple of 2
 * @param thresholds of the indices, undefined where all are equally likely
 */
export function chooseReplaced(
  key: Key,
  start: number,
  size: number,
  thresholds: Uint32Array | undefined,
  out: Uint32Array,
): void {
  for (let i = 0; i < out.length; i += 2) {
    const block = (start + i) / 2;
    streamBlock(key, block >>> 0, Math.floor(block / 2 ** 32), 0, words);
    for (let k = 0; k < 2 && i + k < out.length; k++) {
      const [hi, lo] = [words[2 * k], words[2 * k + 1]];
      out[i + k] =
        thresholds === undefined ? equallyLikely(hi, lo, size) : firstAbove(hi, lo, size, thresholds);
    }
  }
}

/** floor(x size / 2^64). */
function equallyLikely(hi: number, lo: number, size: number): number {
  if (size === 2 ** 32) return hi;
  const low = mulHi(lo, size);
  const middle = (Math.imul(hi, size) >>> 0) + low;
  return mulHi(hi, size) + (middle >= 2 ** 32 ? 1 : 0);
}

/** The index of the first threshold above x. */
function firstAbove(hi: number, lo: number, size: number, thresholds: Uint32Array): number {
  const rest = hi === 0xffffffff ? Math.min(lo, 0xfffffffe) : lo; // The last threshold stands for 2^64.
  let first = 0;
  let last = size - 1;
  while (first < last) {
    const middle = (first + last) >>> 1;
    const above = thresholds[2 * middle + 1];
    if (above < hi || (above === hi && thresholds[2 * middle] <= rest)) first = middle + 1;
    else last = middle;
  }
  return first;
}
