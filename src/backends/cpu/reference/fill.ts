import { type Dtype, isHalf } from '../../../core/dtype';
import type { Key } from '../../../streams/key';
import type { Parameters } from '../../../distributions/parameters';
import { bits } from './bits';
import type { DrawBlock } from './block';
import { fillEye } from './eye';
import { float32ToBfloat16, float32ToFloat16 } from '../../../arithmetic/float';
import { normal } from './normal';
import { normalNative } from './normal_native';
import { truncatedNormal } from './truncated_normal';
import { truncatedNormalNative } from './truncated_normal_native';
import { uniform } from './uniform';

/** Elements as their bit patterns: 32 bits, or 16 for halves. */
export type Patterns = Uint32Array | Uint16Array;

/** What computes element by element: all but an orthogonal, which is a matrix before it is elements. */
export type ElementParameters = Exclude<Parameters, { kernel: 'orthogonal' }>;

/**
 * Elements [start, start + out.length) of a tensor, as the GPU computes them.
 * @param start index of the first element, row-major, below 2^53
 */
export function fillCpu(
  params: ElementParameters,
  key: Key,
  dtype: Dtype,
  start: number,
  out: Patterns,
): void {
  if (params.kernel === 'constant') {
    out.fill(isHalf(dtype) ? params.pattern & 0xffff : params.pattern);
  } else if (params.kernel === 'eye') {
    fillEye(params, start, out);
  } else {
    fillBlocks(drawBlock(params, key), dtype, start, out);
  }
}

function drawBlock(params: Exclude<ElementParameters, { kernel: 'constant' | 'eye' }>, key: Key): DrawBlock {
  switch (params.kernel) {
    case 'bits':
      return bits(key);
    case 'uniform':
      return uniform(params, key);
    case 'normal':
      return normal(params, key);
    case 'normal_native':
      return normalNative(params, key);
    case 'truncated_normal':
      return truncatedNormal(params, key);
    case 'truncated_normal_native':
      return truncatedNormalNative(params, key);
  }
}

function fillBlocks(draw: DrawBlock, dtype: Dtype, start: number, out: Patterns): void {
  const elements = new Uint32Array(4);
  const end = start + out.length;
  for (let at = start; at < end;) {
    const block = Math.floor(at / 4);
    draw(block >>> 0, Math.floor(block / 2 ** 32), elements);
    const laneEnd = Math.min(end - 4 * block, 4);
    for (let lane = at - 4 * block; lane < laneEnd; lane++) {
      const pattern = elements[lane];
      out[at++ - start] =
        dtype === 'float16'
          ? float32ToFloat16(pattern)
          : dtype === 'bfloat16'
            ? float32ToBfloat16(pattern)
            : pattern;
    }
  }
}
