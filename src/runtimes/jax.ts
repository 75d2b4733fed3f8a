/**
 * tensorseed in jax-js: arrays of its own on its WebGPU device.
 *
 * @module
 */
import { type Array as JaxArray, type DType, getWebGPUDevice, init, numpy } from '@jax-js/jax';
import { knownKeys } from '../core/check';
import { ArgumentError, DeviceError } from '../core/errors';
import { checkBufferSize } from '../backends/gpu/device/buffer';
import { type Filling, Sampler, type Shape } from '../index';
import { byteLengthOf } from '../jobs/job';
import { RUNTIME_DTYPES, RUNTIME_KEYS, type RuntimeDtype, type RuntimeOptions } from './options';
import { resolveFor } from './resolve';

export type { RuntimeDtype };

/**
 * The dtypes of jax-js's arrays on the GPU. A bool is for Bernoulli draws.
 *
 * @example
 * ```ts
 * import type { JaxDtype } from 'tensorseed/jax';
 *
 * const dtypes: JaxDtype[] = ['float32', 'int32', 'bool'];
 * console.log(dtypes.length); // 3
 * ```
 */
export type JaxDtype = RuntimeDtype | 'bool';

const DTYPES: readonly JaxDtype[] = [...RUNTIME_DTYPES, 'bool'];

/**
 * The options of {@link fill}.
 *
 * @example
 * ```ts gpu
 * import { fill, type FillOptions } from 'tensorseed/jax';
 *
 * const options: FillOptions = { seed: 42, name: 'mask', dtype: 'uint32' };
 * const words = await fill('bits', [1000], options);
 * console.log(words.dtype); // uint32
 * words.dispose();
 * ```
 */
export interface FillOptions extends RuntimeOptions {
  /**
   * Default float32, for bits uint32, for integers int32. float16 needs the feature shader-f16, which jax-js computes
   * with.
   */
  dtype?: JaxDtype;
}

/**
 * A new array on jax-js's device webgpu. jax-js adopts no buffers, so its own memory is filled; nothing
 * passes through the host.
 * @param initializer whatever `Sampler.fill` takes
 * @param shape of any rank; `[]` is a scalar
 * @returns an array with one reference, as jax-js's own functions return it: use it once, take `.ref`, or
 *   dispose of it
 * @throws ArgumentError (as a rejection) where an argument cannot be right
 * @throws DeviceError (as a rejection) where jax-js has no WebGPU, memory is exhausted or the device was lost
 *
 * @example
 * ```ts gpu
 * import { numpy as np } from '@jax-js/jax';
 * import { fill } from 'tensorseed/jax';
 *
 * const x = await fill('random_normal', [128, 128], { seed: 42, name: 'x' });
 * const [mean] = await np.mean(x).data(); // 0.05 / 128 is its standard error
 * console.log(Math.abs(mean) < 0.002); // true
 * ```
 */
export async function fill(initializer: Filling, shape: Shape, options: FillOptions = {}): Promise<JaxArray> {
  const given: FillOptions = knownKeys('options', options, [...RUNTIME_KEYS, 'dtype']);
  if (!(await init('webgpu')).includes('webgpu')) throw new DeviceError('jax-js has no WebGPU here');
  const device = getWebGPUDevice();
  const sampler = Sampler.on(device);
  const { job, dtype } = await resolveFor(sampler, initializer, shape, given, DTYPES, 'int32');
  if (job.dtype === 'float16' && !device.features.has('shader-f16')) {
    throw new ArgumentError('dtype float16 needs the feature shader-f16, which the device of jax-js lacks');
  }
  checkBufferSize(device, byteLengthOf(job));
  const array = numpy.zeros([...job.shape], { dtype: dtype as DType, device: 'webgpu' });
  if (job.range.count === 0) return array;
  try {
    // Until here jax-js holds the zeros as a formula. Asking for the buffer allocates memory, which no other
    // array shares.
    await sampler.fillJobs([{ ...job, buffer: await array.ref.gpuBuffer() }], {});
  } catch (error) {
    array.dispose();
    throw error;
  }
  return array;
}
