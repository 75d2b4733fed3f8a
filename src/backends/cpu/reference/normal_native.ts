/** Twin of shaders/kernels/normal_native.wgsl, in float64. */
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import { float32Bits } from '../../../arithmetic/round';
import type { ParametersOf } from '../../../distributions/parameters';
import { boxMullerNative } from '../../../arithmetic/box_muller_native';
import { streamBlock } from '../../../streams/stream';

export function normalNative(params: ParametersOf<'normal_native'>, key: KeyWords): DrawBlock {
  const z = new Float64Array(4);
  return (lo, hi, out) => {
    streamBlock(key, lo, hi, 0, out);
    boxMullerNative(out[0], out[1], z, 0);
    boxMullerNative(out[2], out[3], z, 2);
    for (let lane = 0; lane < 4; lane++) out[lane] = float32Bits(params.mean + params.stddev * z[lane]);
  };
}
