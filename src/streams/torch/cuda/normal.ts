/** The twin of shaders/torch/cuda_normal.wgsl. */
import { type Affine, affineMap } from '../../../arithmetic/affine_map';
import { affine } from '../../../arithmetic/affine_step';
import { boxMuller } from '../../../arithmetic/box_muller';
import { FRACTION_BITS, LARGEST_NORMAL } from '../../../arithmetic/normal_range';
import { ArgumentError } from '../../../core/errors';
import { type StreamDistribution, FLOATS } from '../../../distributions/distribution';
import { checkReach, location } from '../../../distributions/fitting';
import { type ForeignKernel, type ForeignParameters } from '../../../distributions/foreign';
import { affineMembers, PADDING } from '../../../distributions/members';
import type { NormalDraw } from '../../../distributions/normal';
import { type CudaValues, cudaMembers, gridIn } from './values';
import type { TorchCudaKey } from './key';
import { drawOf } from './words';
import * as code from '../../../../shaders/torch/cuda_normal.wgsl';

interface Values extends CudaValues {
  readonly affine: Affine;
}

const kernel: ForeignKernel<Values> = {
  name: 'torch_cuda_normal',
  code,
  members: (values, slots) => [...cudaMembers(values, slots), PADDING, ...affineMembers(values.affine)],
  twin({ grid, affine: map }, key) {
    const words = new Uint32Array(4);
    const z = new Int32Array(2);
    return (lo, _hi, out) => {
      for (let i = 0; i < 4; i++) {
        const lane = drawOf(key as TorchCudaKey, grid.threads, 4 * lo + i, words);
        const pair = lane & 2;
        boxMuller(words[pair], words[pair + 1], z, 0);
        // The first of curand's pair is the sine.
        const value = z[(lane & 1) ^ 1];
        out[i] = affine(map, value < 0, Math.abs(value));
      }
    };
  },
};

/** How `normal_` draws on a card that runs `most` blocks at once. */
export const normalOn = (most: number): StreamDistribution<NormalDraw, ForeignParameters<Values>> => ({
  dtypes: FLOATS,
  parameters({ mean, stddev }, dtype, _math, total) {
    const at = location(mean, stddev, dtype);
    if (at.stddev === 0) throw new ArgumentError('stddev must be > 0 in the streams torch-cuda, got 0');
    checkReach(at, -LARGEST_NORMAL, LARGEST_NORMAL, dtype);
    const map = affineMap(at.mean, at.stddev, 0, FRACTION_BITS);
    return {
      kernel: 'foreign',
      source: kernel,
      values: { grid: gridIn(total, most), affine: map },
      affine: map,
    };
  },
});
