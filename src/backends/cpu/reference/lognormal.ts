/** Twin of shaders/kernels/lognormal.wgsl. */
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import { boxMuller } from '../../../arithmetic/box_muller';
import { exp2Digits } from '../../../arithmetic/exp2';
import { roundToFloat32 } from '../../../arithmetic/float';
import { mulHi } from '../../../arithmetic/mul';
import type { ParametersOf } from '../../../distributions/parameters';
import { streamBlock } from '../../../streams/stream';

export function lognormal(params: ParametersOf<'lognormal'>, key: KeyWords): DrawBlock {
  const { offsetLo, offsetHi, scaleLo, scaleHi } = params;
  const normals = new Int32Array(4);
  const element = (z: number): number => {
    const x = Math.abs(z);
    const low = mulHi(scaleLo, x);
    let lo = (Math.imul(scaleHi, x) + low) >>> 0;
    let hi = mulHi(scaleHi, x) + (lo < low ? 1 : 0);
    if (z < 0) {
      lo = -lo >>> 0;
      hi = ~hi + (lo === 0 ? 1 : 0);
    }
    lo = (lo + offsetLo) >>> 0;
    hi = (hi + offsetHi + (lo < offsetLo ? 1 : 0)) | 0;
    return roundToFloat32(false, 0, exp2Digits(lo), hi - 31);
  };
  return (lo, hi, out) => {
    streamBlock(key, lo, hi, 0, out);
    boxMuller(out[0], out[1], normals, 0);
    boxMuller(out[2], out[3], normals, 2);
    for (let lane = 0; lane < 4; lane++) out[lane] = element(normals[lane]);
  };
}
