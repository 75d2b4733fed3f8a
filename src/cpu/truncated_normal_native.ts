/** Twin of shaders/truncated_normal_native.wgsl, in float64. */
import type { Key } from '../key';
import { float32Bits } from '../round';
import type { DrawBlock, ParametersOf } from './block';
import { boxMullerNative } from './box_muller_native';
import { philox4x32 } from './philox';

export function truncatedNormalNative(params: ParametersOf<'truncated_normal_native'>, key: Key): DrawBlock {
  const { mean, stddev, acceptMin, acceptMax, valueMin, valueMax } = params;
  const z = new Float64Array(4);
  const candidate = new Float64Array(2);
  const rejected = (value: number): boolean => value < acceptMin || value > acceptMax;

  const redraw = (words: Uint32Array, at: number): void => {
    if (!rejected(z[at]) && !rejected(z[at + 1])) return;
    boxMullerNative(words[at], words[at + 1], candidate, 0);
    if (rejected(z[at])) z[at] = candidate[0];
    if (rejected(z[at + 1])) z[at + 1] = candidate[1];
  };

  return (lo, hi, out) => {
    philox4x32(lo, hi, 0, 0, key.lo, key.hi, out);
    boxMullerNative(out[0], out[1], z, 0);
    boxMullerNative(out[2], out[3], z, 2);
    for (let attempt = 1; rejected(z[0]) || rejected(z[1]) || rejected(z[2]) || rejected(z[3]); attempt++) {
      philox4x32(lo, hi, attempt, 0, key.lo, key.hi, out);
      redraw(out, 0);
      redraw(out, 2);
    }
    for (let lane = 0; lane < 4; lane++) {
      out[lane] = float32Bits(Math.min(Math.max(mean + stddev * z[lane], valueMin), valueMax));
    }
  };
}
