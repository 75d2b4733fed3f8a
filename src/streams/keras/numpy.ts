import { ArgumentError, show } from '../../core/errors';
import { orthogonalOver } from '../../distributions/orthogonal';
import type { Stream, StreamKey } from '../definition';
import type { Seed } from '../key';
import { keyOfData, NumpyKey, unsigned } from '../numpy/key';
import { normal, STANDARD_NORMALS } from '../numpy/normal';
import { truncated_normal } from '../numpy/truncated_normal';
import { uniform } from '../numpy/uniform';

/** Q of NumPy's normals, in float32 whatever the dtype. */
const orthogonal = orthogonalOver(() => STANDARD_NORMALS);

const distributions: Stream['distributions'] = { normal, orthogonal, truncated_normal, uniform };

function keyOf(seed: Seed | StreamKey): NumpyKey {
  if (seed instanceof NumpyKey && seed.stream === kerasNumpy) return seed;
  const integer = unsigned(seed);
  if (integer !== undefined && integer < 2n ** 32n) return new NumpyKey(kerasNumpy, integer, []);
  const key = seed instanceof NumpyKey || integer !== undefined ? undefined : keyOfData(kerasNumpy, seed);
  if (key !== undefined) return key;
  throw new ArgumentError(
    `seed must be an integer in [0, 2^32), which Keras takes on NumPy, or a key of keras/numpy, got ${show(seed)}`,
  );
}

/**
 * Keras 3's initializers on the backend NumPy, with the integer seeds that they were given. docs/streams/numpy.md says
 * which values are the same bit for bit.
 *
 * NumPy's generator has a state, so that the host draws the elements one after the other.
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 * import { kerasNumpy } from 'tensorseed/streams';
 *
 * const sampler = await Sampler.create();
 * const kernel = initializers.glorotUniform({ seed: 42 }); // keras.initializers.GlorotUniform(seed=42)
 * const tensor = await sampler.fill(kernel, [2, 3], { stream: kerasNumpy });
 * console.log((await tensor.float32()).slice(0, 2)); // Float32Array(2) [ 0.6002076268196106, -0.1339106261730194 ]
 * sampler.destroy();
 * ```
 */
export const kerasNumpy: Stream = {
  name: 'keras/numpy',
  keyOf,
  heedsSeeds: true,
  distributions,
};
