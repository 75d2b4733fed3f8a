/**
 * tensorseed in ONNX Runtime Web: tensors on its WebGPU device.
 *
 * @module
 */
import { env, Tensor } from 'onnxruntime-web/webgpu';
import { knownKeys } from '../core/check';
import { ArgumentError, DeviceError } from '../core/errors';
import { checkBufferSize, checkGpuBuffer, createTensorBuffer } from '../backends/gpu/device/buffer';
import { guarded } from '../backends/gpu/device/scope';
import { type Dtype, type Filling, Sampler, type Shape, type Tensor as Filled } from '../index';
import { byteLengthOf } from '../jobs/job';
import { RUNTIME_DTYPES, RUNTIME_KEYS, type RuntimeDtype, type RuntimeOptions } from './options';
import { resolveFor } from './resolve';

export type { RuntimeDtype };

/**
 * The dtypes of ONNX Runtime's tensors on the GPU. A bool is a byte of 0 or 1, for Bernoulli draws.
 *
 * @example
 * ```ts
 * import type { OrtDtype } from 'tensorseed/ort';
 *
 * const dtypes: OrtDtype[] = ['float32', 'int32', 'uint8', 'bool'];
 * console.log(dtypes.length); // 4
 * ```
 */
export type OrtDtype = RuntimeDtype | 'uint8' | 'bool';

const DTYPES: readonly OrtDtype[] = [...RUNTIME_DTYPES, 'uint8', 'bool'];

/**
 * The options of {@link fill}.
 *
 * @example
 * ```ts gpu
 * import { Sampler } from 'tensorseed';
 * import { fill, type FillOptions } from 'tensorseed/ort';
 *
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * const device = sampler.device!;
 * const { STORAGE, COPY_SRC } = GPUBufferUsage;
 * const buffer = device.createBuffer({ size: 16 * 4, usage: STORAGE | COPY_SRC });
 * const options: FillOptions = { seed: 42, name: 'W', dtype: 'float32', device, buffer };
 * const W = await fill('he_normal', [4, 4], options);
 * console.log(W.gpuBuffer === buffer); // true
 * sampler.destroy();
 * ```
 */
export interface FillOptions extends RuntimeOptions {
  /** Default float32, for bits uint32, for integers int32. */
  dtype?: OrtDtype;
  /**
   * The session's device, as in `executionProviders: [{ name: 'webgpu', device }]`. Default
   * `ort.env.webgpu.device`.
   */
  device?: GPUDevice;
  /**
   * Where to write: a GPUBuffer of that device with STORAGE usage, and COPY_SRC if the tensor is to be read.
   * It has at least the tensor's size rounded up to 16 bytes, since ONNX Runtime copies that much. Default: a
   * new buffer, which the tensor's `dispose` destroys.
   */
  buffer?: GPUBuffer;
}

/**
 * ONNX Runtime's unit of buffer sizes: NormalizeBufferSize in its core/providers/webgpu/buffer_manager.cc.
 */
const UNIT_BYTES = 16;

/**
 * A tensor on the GPU to feed a session with: nothing passes through the host.
 * @param initializer whatever `Sampler.fill` takes
 * @param shape of any rank; `[]` is a scalar
 * @returns a tensor whose `dispose` frees its memory, unless that is the option `buffer`
 * @throws ArgumentError (as a rejection) where an argument cannot be right
 * @throws DeviceError (as a rejection) where ONNX Runtime has no device, memory is exhausted or the device
 *   was lost
 *
 * @example
 * ```ts gpu
 * import { Sampler } from 'tensorseed';
 * import { fill } from 'tensorseed/ort';
 *
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * const device = sampler.device!; // without this option: the device of the sessions
 * const W = await fill('he_normal', [61, 129], { seed: 42, name: 'W', device });
 * console.log(W.type, W.dims.join(), W.location); // float32 61,129 gpu-buffer
 * W.dispose();
 * sampler.destroy();
 * ```
 */
export async function fill(initializer: Filling, shape: Shape, options: FillOptions = {}): Promise<Tensor> {
  const {
    device: given,
    buffer,
    ...rest
  } = knownKeys('options', options, [...RUNTIME_KEYS, 'dtype', 'device', 'buffer']) as FillOptions;
  const sampler = Sampler.on(given === undefined ? await sessionDevice() : given);
  const { job, dtype } = await resolveFor(sampler, initializer, shape, rest, DTYPES, 'uint8');
  const bytes = Math.max(Math.ceil(byteLengthOf(job) / UNIT_BYTES) * UNIT_BYTES, UNIT_BYTES);
  if (buffer !== undefined) checkSize(sampler.device!, buffer, bytes);
  const target = buffer === undefined ? await allocate(sampler.device!, bytes) : buffer;
  const destroy = (): void => {
    if (buffer === undefined) target.destroy();
  };
  let filled: Filled;
  try {
    [filled] = await sampler.fillJobs([{ ...job, buffer: target }], {});
  } catch (error) {
    destroy();
    throw error;
  }
  return Tensor.fromGpuBuffer(target, {
    dataType: dtype,
    dims: [...job.shape],
    download: async () => typed(job.dtype, await filled.data()) as never,
    dispose: destroy,
  });
}

/** The device of ONNX Runtime's sessions; `env.webgpu.device` is a promise or the device itself. */
async function sessionDevice(): Promise<GPUDevice> {
  const device = (await env.webgpu.device) as GPUDevice | undefined;
  if (device === undefined) {
    throw new DeviceError(
      'ONNX Runtime has no WebGPU device yet: create a session before, or pass its device as the option device',
    );
  }
  return device;
}

function allocate(device: GPUDevice, bytes: number): Promise<GPUBuffer> {
  checkBufferSize(device, bytes);
  return guarded(device, `allocating ${bytes} bytes`, (owned) =>
    owned.add(createTensorBuffer(device, bytes)),
  );
}

function checkSize(device: GPUDevice, buffer: GPUBuffer, bytes: number): void {
  const size = checkGpuBuffer(device, buffer);
  if (size < bytes) {
    throw new ArgumentError(
      `buffer must have at least ${bytes} bytes, the tensor's rounded up to ${UNIT_BYTES}, got ${size}`,
    );
  }
}

/**
 * The data of a tensor in ONNX Runtime's types: halves are a Float16Array where the platform has that class.
 */
function typed(dtype: Dtype, data: ArrayBufferView): ArrayBufferView {
  const { Float16Array } = globalThis as { Float16Array?: new (buffer: ArrayBufferLike) => ArrayBufferView };
  return dtype === 'float16' && Float16Array ? new Float16Array(data.buffer) : data;
}
