import { roundTo } from '../../arithmetic/round';
import { finiteNumber } from '../../core/check';
import type { FloatDtype } from '../../core/dtype';
import { ArgumentError } from '../../core/errors';
import { type StreamDistribution, FLOATS } from '../../distributions/distribution';
import { checkReach, fitting, location } from '../../distributions/fitting';
import type { ForeignParameters } from '../../distributions/foreign';
import { orthogonalOver } from '../../distributions/orthogonal';
import type { TruncatedNormalDraw } from '../../distributions/truncated_normal';
import type { UniformDraw } from '../../distributions/uniform';
import type { Stream, StreamKey } from '../definition';
import type { Seed } from '../key';
import { bits } from '../torch/bits';
import { type Drawing, drawingParameters } from '../torch/drawing';
import { type TorchKey, torchKeyOf } from '../torch/generator';
import { normal, normalDrawing } from '../torch/normal';
import { uniformDrawing } from '../torch/uniform';

/** `torch.rand` times the width plus the lower end, each step rounded to the dtype. */
const uniform: StreamDistribution<UniformDraw, ForeignParameters<Drawing>> = {
  dtypes: FLOATS,
  parameters({ low, high }, given, _math, total) {
    const dtype = given as FloatDtype;
    finiteNumber('high', high);
    if (high < fitting('low', low, dtype))
      throw new ArgumentError(`high must be >= low = ${low}, got ${high}`);
    const width = Math.fround(fitting('high - low', high - low, dtype));
    const offset = roundTo(dtype, low); // A sum with a scalar rounds it to the dtype, a product to float32.
    const rand = uniformDrawing(0, 1, dtype, total);
    return drawingParameters({
      values(state, start, count) {
        const values = new Float32Array(rand.values(state, start, count).buffer);
        const elements = values.map((u) =>
          roundTo(dtype, roundTo(dtype, roundTo(dtype, u) * width) + offset),
        );
        return new Uint32Array(elements.buffer);
      },
      after: (state) => rand.after(state),
    });
  },
};

/** The candidates of an element. */
const CANDIDATES = 4;

/** The bound of a truncated normal, in standard deviations. */
const CUT = 2;

/**
 * The first of four normals of the dtype that lies strictly between -2 and 2; where none does, the first of all,
 * which is one element in 230,000.
 */
const truncated_normal: StreamDistribution<TruncatedNormalDraw, ForeignParameters<Drawing>> = {
  dtypes: FLOATS,
  parameters({ mean, stddev, lower, upper }, given, _math, total) {
    const dtype = given as FloatDtype;
    if (lower !== -CUT || upper !== CUT) {
      throw new ArgumentError(
        `the stream keras/torch cuts normals at -2 and 2 standard deviations, got ${lower} and ${upper}`,
      );
    }
    const at = location(mean, stddev, dtype);
    checkReach(at, -CUT, CUT, dtype);
    const offset = roundTo(dtype, mean); // as above
    const normals = normalDrawing(0, 1, dtype, CANDIDATES * total);
    return drawingParameters({
      values(state, start, count) {
        const drawn = normals.values(state, CANDIDATES * start, CANDIDATES * count);
        const candidates = new Float32Array(drawn.buffer);
        const elements = Float32Array.from({ length: count }, (_, i) => {
          const four = candidates
            .subarray(CANDIDATES * i, CANDIDATES * (i + 1))
            .map((z) => roundTo(dtype, z));
          const inside = four.find((z) => z > -CUT && z < CUT);
          const z = inside === undefined ? four[0] : inside;
          return roundTo(dtype, roundTo(dtype, z * at.stddev) + offset);
        });
        return new Uint32Array(elements.buffer);
      },
      after: (state) => normals.after(state),
    });
  },
};

/** Keras draws the matrix that it factorizes with the longer side as rows, as tensorseed does. */
const orthogonal = orthogonalOver(({ rows, columns }) =>
  drawingParameters(normalDrawing(0, 1, 'float32', rows * columns)),
);

const DISTRIBUTIONS: Stream['distributions'] = { bits, uniform, normal, truncated_normal, orthogonal };

/**
 * Keras 3's initializers on the backend torch on the CPU, with the integer seeds that they were given: each tensor is
 * drawn from a new generator of its seed modulo 2^32. docs/streams/torch.md says which values are the same bit for
 * bit.
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 * import { kerasTorch } from 'tensorseed/streams';
 *
 * const sampler = await Sampler.create();
 * const kernel = initializers.glorotUniform({ seed: 42 });
 * const tensor = await sampler.fill(kernel, [2, 3], { stream: kerasTorch });
 * // keras.initializers.GlorotUniform(seed=42)((2, 3))
 * console.log((await tensor.float32())[0]); // 0.8375099897384644
 * sampler.destroy();
 * ```
 */
export const kerasTorch: Stream = {
  name: 'keras/torch',
  keyOf: (seed: Seed | StreamKey): TorchKey => torchKeyOf(kerasTorch, seed),
  heedsSeeds: true,
  distributions: DISTRIBUTIONS,
};
