/** Twin of shaders/streams/copy.wgsl: the host computes what it copies. */
import { roundBits } from '../../../arithmetic/round';
import type { Dtype, FloatDtype } from '../../../core/dtype';
import type { KeyWords } from '../../../distributions/key_words';
import type { ParametersOf } from '../../../distributions/parameters';
import { copiedElements } from '../../copied';
import type { Patterns } from '../computer';

/** Fills `out` with the elements from `start` on. */
export function fillCopied(
  params: ParametersOf<'copy'>,
  key: KeyWords,
  dtype: Dtype,
  start: number,
  out: Patterns,
): void {
  const words = new Uint32Array(out.length);
  copiedElements(params, key, start, words);
  words.forEach((bits, i) => (out[i] = roundBits(dtype as FloatDtype, bits)));
}
