/** Twin of shaders/truncated_normal_native.wgsl, in float64. */
import type { Key } from '../key';
import { float32Bits } from '../round';
import type { DrawBlock, ParametersOf } from './block';
import { boxMullerNative } from './box_muller_native';
import { philox4x32 } from './philox';

export function truncatedNormalNative(params: ParametersOf<'truncated_normal_native'>, key: Key): DrawBlock {
  const { mean, stddev, acceptMin, acceptMax, valueMin, valueMax } = params;
  const z = new Float64Array(4);
  const next = new Float64Array(4);
  const candidates = (lo: number, hi: number, attempt: number, words: Uint32Array): void => {
    philox4x32(lo, hi, attempt, 0, key.lo, key.hi, words);
    boxMullerNative(words[0], words[1], next, 0);
    boxMullerNative(words[2], words[3], next, 2);
  };
  return (lo, hi, out) => {
    let done = 0;
    for (let attempt = 0; done !== 0b1111; attempt++) {
      candidates(lo, hi, attempt, out);
      for (let lane = 0; lane < 4; lane++) {
        if (((done >> lane) & 1) === 0 && next[lane] >= acceptMin && next[lane] <= acceptMax) {
          z[lane] = next[lane];
          done |= 1 << lane;
        }
      }
    }
    for (let lane = 0; lane < 4; lane++) {
      out[lane] = float32Bits(Math.min(Math.max(mean + stddev * z[lane], valueMin), valueMax));
    }
  };
}
