/** tensorseed in jax-js: arrays of its own on its WebGPU device. */
import { type Array as JaxArray, type DType, getWebGPUDevice, init, numpy } from '@jax-js/jax';
import { knownKeys, oneOf } from '../core/check';
import { bytesPerElement } from '../core/dtype';
import { ArgumentError, DeviceError } from '../core/errors';
import { checkBufferSize } from '../backends/gpu/device/buffer';
import { type Filling, Sampler, type Shape } from '../index';
import { RUNTIME_DTYPES, RUNTIME_KEYS, type RuntimeDtype, type RuntimeOptions } from './options';

export type { RuntimeDtype };

export interface FillOptions extends RuntimeOptions {
  /** Default float32, for bits uint32. float16 needs the feature shader-f16, which jax-js computes with. */
  dtype?: RuntimeDtype;
}

/**
 * A new array on jax-js's device webgpu, which the caller owns as any other: one use, or `.ref`, or `dispose`.
 * jax-js adopts no buffers, so it is its own memory that is filled; nothing passes through the host.
 * @throws ArgumentError (as a rejection) where an argument cannot be right
 * @throws DeviceError (as a rejection) where jax-js has no WebGPU, memory is exhausted or the device was lost
 */
export async function fill(initializer: Filling, shape: Shape, options: FillOptions = {}): Promise<JaxArray> {
  const { dtype: wanted } = knownKeys('options', options, [...RUNTIME_KEYS, 'dtype']) as FillOptions;
  if (wanted !== undefined) oneOf('dtype', wanted, RUNTIME_DTYPES);
  if (!(await init('webgpu')).includes('webgpu')) throw new DeviceError('jax-js has no WebGPU here');
  const device = getWebGPUDevice();
  const sampler = Sampler.on(device);
  const job = sampler.check(initializer, shape, options);
  if (job.dtype === 'float16' && !device.features.has('shader-f16')) {
    throw new ArgumentError('dtype float16 needs the feature shader-f16, which the device of jax-js lacks');
  }
  checkBufferSize(device, job.range.count * bytesPerElement(job.dtype));
  const array = numpy.zeros([...shape], { dtype: job.dtype as DType, device: 'webgpu' });
  if (job.range.count === 0) return array;
  try {
    // The zeros were a formula so far; asking for their buffer makes them memory, which no other array shares.
    await sampler.fillJobs([{ ...job, buffer: await array.ref.gpuBuffer() }], {});
  } catch (error) {
    array.dispose();
    throw error;
  }
  return array;
}
