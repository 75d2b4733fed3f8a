/** The twin of shaders/streams/copy.wgsl. */
import type { ForeignKernel } from '../distributions/foreign';
import type { KeyWords } from '../distributions/key_words';
import * as code from '../../shaders/streams/copy.wgsl';

/**
 * The kernel that copies values which the host computes, as float32 bits or words.
 * @param words the values of the elements [start, start + count)
 */
export function copyKernel<Values>(
  words: (values: Values, key: KeyWords, start: number, count: number) => Uint32Array<ArrayBuffer>,
): ForeignKernel<Values> {
  return {
    name: 'copy',
    code,
    members: (_values, { from }) => [['from_block', (from / 4) >>> 0]],
    twin: (_values, _key, drawBlock) => drawBlock,
    words,
  };
}
