/** Twin of shaders/kernels/normal.wgsl and normal_half.wgsl. */
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import { affine } from '../../../arithmetic/affine_step';
import type { ParametersOf } from '../../../distributions/parameters';
import { boxMuller } from '../../../arithmetic/box_muller';
import { streamBlock } from '../../../streams/stream';

export function normal(params: Pick<ParametersOf<'normal'>, 'affine'>, key: KeyWords): DrawBlock {
  const z = new Int32Array(4);
  return (lo, hi, out) => {
    streamBlock(key, lo, hi, 0, out);
    boxMuller(out[0], out[1], z, 0);
    boxMuller(out[2], out[3], z, 2);
    for (let lane = 0; lane < 4; lane++) out[lane] = affine(params.affine, z[lane] < 0, Math.abs(z[lane]));
  };
}
