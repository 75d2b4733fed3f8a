/** Twin of the kernel stft, which is shaders/streams/copy.wgsl: the host computes what it copies. */
import { roundBits } from '../../../arithmetic/round';
import type { Dtype, FloatDtype } from '../../../core/dtype';
import type { ParametersOf } from '../../../distributions/parameters';
import type { Patterns } from '../computer';

/** Fills `out` with the elements of the kernel from `start` on. */
export function fillStft(params: ParametersOf<'stft'>, dtype: Dtype, start: number, out: Patterns): void {
  params.words(start, out.length).forEach((bits, i) => (out[i] = roundBits(dtype as FloatDtype, bits)));
}
