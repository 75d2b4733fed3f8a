import { type Affine, affineMap } from '../../arithmetic/affine_map';
import { addFloats } from '../../arithmetic/float_arithmetic';
import { FRACTION_BITS } from '../../arithmetic/normal_range';
import { finiteNumber } from '../../core/check';
import type { Sampler } from '../../sampler';
import type { Operation } from '../elementwise/operation';

/**
 * The addition of normals as integers.
 * @throws ArgumentError where the numbers make no sense, or a normal could overflow
 */
export function noiseOperation(sampler: Sampler, mean: number, stddev: number): Operation {
  finiteNumber('mean', mean);
  const random = {
    className: 'Noise',
    resolve: () => ({ kind: 'normal' as const, mean: mean + 0, stddev }), // The zero has no sign.
    getConfig: () => ({}),
  };
  sampler.check(random, [1], { seed: 0 });
  const { offset, scale, exponent, offsetBits } = mapOf(Math.fround(mean), Math.fround(stddev));
  return {
    name: 'noise',
    code: () => import('../../../shaders/operations/noise.wgsl'),
    constants: { OFFSET_BITS: offsetBits },
    words: [...offset, ...scale, exponent >>> 0],
    random,
    apply: addFloats,
  };
}

function mapOf(mean: number, stddev: number): Affine {
  const zero: Affine = { offsetBits: 64, offset: [0, 0, 0], scale: [0, 0], exponent: 0 };
  return mean === 0 && stddev === 0 ? zero : affineMap(mean, stddev, 0, FRACTION_BITS);
}
