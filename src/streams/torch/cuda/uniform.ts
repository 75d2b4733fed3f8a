/** The twin of shaders/torch/cuda_uniform.wgsl. */
import { type Affine, affineMap } from '../../../arithmetic/affine_map';
import { affine } from '../../../arithmetic/affine_step';
import { float32Bits, float32FromBits, roundTo } from '../../../arithmetic/round';
import type { FloatDtype } from '../../../core/dtype';
import { ArgumentError } from '../../../core/errors';
import { type StreamDistribution, FLOATS } from '../../../distributions/distribution';
import { fitting } from '../../../distributions/fitting';
import { type ForeignKernel, type ForeignParameters } from '../../../distributions/foreign';
import type { Members } from '../../../distributions/members';
import type { UniformDraw } from '../../../distributions/uniform';
import type { TorchCudaKey } from './key';
import { type CudaValues, cudaMembers, gridIn } from './values';
import { drawOf } from './words';
import * as code from '../../../../shaders/torch/cuda_uniform.wgsl';

interface Values extends CudaValues {
  readonly dtype: FloatDtype;
  /** The ends, rounded to the dtype. */
  readonly low: number;
  readonly high: number;
  /** The value of the uniform 1. */
  readonly top: number;
  /** low + width * x / 2^32, and the same of x / 2^33. */
  readonly affine: Affine;
  readonly halved: Affine;
}

const kernel: ForeignKernel<Values> = {
  name: 'torch_cuda_uniform',
  code,
  members: (values, slots) => [
    ...cudaMembers(values, slots),
    ['low', float32Bits(values.low)],
    ['high', float32Bits(values.high)],
    ['top', float32Bits(values.top)],
    ...mapMembers(values.affine),
  ],
  twin({ grid, dtype, low, high, top, affine: map, halved }, key) {
    const words = new Uint32Array(4);
    const element = (word: number): number => {
      const rounded = Math.fround(word);
      if (rounded === 2 ** 32) return top;
      const bits =
        word < 2 ** 24 ? affine(halved, false, 2 * Math.fround(word + 0.5)) : affine(map, false, rounded);
      const value = roundTo(dtype, float32FromBits(bits));
      return value === high ? low : value;
    };
    return (lo, _hi, out) => {
      for (let i = 0; i < 4; i++) {
        const lane = drawOf(key as TorchCudaKey, grid.threads, 4 * lo + i, words);
        out[i] = float32Bits(element(words[lane]));
      }
    };
  },
};

/** The members of the map, one by one. */
function mapMembers({ offset, scale, exponent }: Affine): Members {
  return [
    ['map_offset_lo', offset[0]],
    ['map_offset_mid', offset[1]],
    ['map_offset_hi', offset[2]],
    ['map_scale_lo', scale[0]],
    ['map_scale_hi', scale[1]],
    ['map_exponent', exponent],
  ];
}

/** The map x -> map(x / 2), in the words of the shader. */
function halfOf(map: Affine): Affine {
  const [lo, mid, hi] = map.offset;
  return {
    ...map,
    offset: [(lo << 1) >>> 0, ((mid << 1) | (lo >>> 31)) >>> 0, ((hi << 1) | (mid >>> 31)) >>> 0],
    exponent: map.exponent - 1,
  };
}

/** How `uniform_` draws on a card that runs `most` blocks at once. */
export const uniformOn = (most: number): StreamDistribution<UniformDraw, ForeignParameters<Values>> => ({
  dtypes: FLOATS,
  parameters({ low: exactLow, high: exactHigh }, given, _math, total) {
    const dtype = given as FloatDtype;
    const low = roundTo(dtype, fitting('low', exactLow, dtype));
    const high = roundTo(dtype, fitting('high', exactHigh, dtype));
    if (!(high > low))
      throw new ArgumentError(`high must be > low = ${low} in the streams torch-cuda, got ${high}`);
    const width = roundTo(dtype, fitting('high - low', high - low, dtype));
    const map = affineMap(low, width, 0, 32);
    const last = roundTo(dtype, low + width);
    return {
      kernel: 'foreign',
      source: kernel,
      values: {
        grid: gridIn(total, most),
        dtype,
        low,
        high,
        top: last === high ? low : last,
        affine: map,
        halved: halfOf(map),
      },
      affine: map,
    };
  },
});
