/** Twin of shaders/kernels/truncated_normal_native.wgsl, in float64. */
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import { float32Bits } from '../../../arithmetic/round';
import type { ParametersOf } from '../../../distributions/parameters';
import { boxMullerNative } from '../../../arithmetic/box_muller_native';
import { streamBlock } from '../../../streams/stream';

export function truncatedNormalNative(
  params: ParametersOf<'truncated_normal_native'>,
  key: KeyWords,
): DrawBlock {
  const { mean, stddev, acceptMin, acceptMax, valueMin, valueMax } = params;
  const z = new Float64Array(4);
  const pair = new Float64Array(2);
  const words = new Uint32Array(4);
  const rejected = (value: number): boolean => value < acceptMin || value > acceptMax;

  return (lo, hi, out) => {
    streamBlock(key, lo, hi, 0, words);
    boxMullerNative(words[0], words[1], z, 0);
    boxMullerNative(words[2], words[3], z, 2);
    for (let lane = 0; lane < 4; lane++) {
      let value = z[lane];
      for (let attempt = 1; rejected(value); attempt++) {
        streamBlock(key, lo, hi, attempt, words);
        boxMullerNative(words[lane & 2], words[(lane & 2) + 1], pair, 0);
        value = pair[lane & 1];
      }
      out[lane] = float32Bits(Math.min(Math.max(mean + stddev * value, valueMin), valueMax));
    }
  };
}
