import { decode } from '../arithmetic/round';
import { checkDtype, type Dtype, type FloatDtype, isHalf, type TensorData, viewAs } from '../core/dtype';
import { ArgumentError, DeviceError, show } from '../core/errors';
import type { Range, Shape } from '../core/shape';
import { typedArrayName } from '../core/typed_array';
import { byteLengthOf, type Job } from '../jobs/job';
import type { Filling, MathMode } from '../jobs/request';
import type { StreamKey } from '../streams/definition';

/**
 * A filled tensor, or a range of one, in the memory of the GPU or the CPU.
 *
 * It tells what it was made from, so that it can be made again, here or elsewhere: what JSON keeps of `key` and
 * `initializer` will do.
 *
 * @example
 * ```ts
 * import { Sampler, type Tensor } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const tensor: Tensor = await sampler.fill('glorot_uniform', [784, 128], { seed: 42 });
 * console.log(tensor.dtype, tensor.shape, tensor.byteLength); // float32 [ 784, 128 ] 401408
 * tensor.destroy();
 * sampler.destroy();
 * ```
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill('he_normal', [8, 8], { seed: 42, name: 'dense/kernel' });
 * const { initializer, shape, key, dtype, range, math } = tensor; // the name is in the key already
 * const again = await sampler.fill(initializer, shape, { seed: key, dtype, range, math });
 * console.log(String(await again.data()) === String(await tensor.data())); // true
 * sampler.destroy();
 * ```
 */
export interface Tensor {
  /** The shape of the whole tensor. */
  readonly shape: Shape;
  /** The type of the elements. */
  readonly dtype: Dtype;
  /**
   * The elements that were computed, counted row-major. It is the whole tensor unless a range was asked for.
   */
  readonly range: Range;
  /**
   * The key of the tensor's stream. Its name is folded into it, so a call with `seed: tensor.key` makes the
   * tensor again without a name.
   */
  readonly key: StreamKey;
  /** The path of the tensor, or undefined without one. */
  readonly name: string | undefined;
  /**
   * What fills the tensor, as frozen JSON: Keras's configuration, or a list of parts. An initializer of your own
   * is itself.
   */
  readonly initializer: Filling;
  /** How normal values were computed. */
  readonly math: MathMode;
  /** The memory that holds the elements: a GPUBuffer on the GPU backend, an ArrayBuffer on the CPU. */
  readonly buffer: GPUBuffer | ArrayBuffer;
  /** The byte of `buffer` at which the elements begin. */
  readonly byteOffset: number;
  /** The length of the elements in bytes, without padding. */
  readonly byteLength: number;
  /**
   * Returns the elements on the host: a Float32Array, a Uint32Array for uint32, and a Uint16Array of 16-bit
   * patterns for float16 and bfloat16. On a GPU it waits until they are computed.
   * @throws ArgumentError (as a rejection) where the buffer is the caller's and has no COPY_SRC usage
   * @throws DeviceError (as a rejection) where the device was lost
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   *
   * const sampler = await Sampler.create();
   * const tensor = await sampler.fill('identity', [2, 2]);
   * console.log(await tensor.data()); // Float32Array(4) [ 1, 0, 0, 1 ]
   * sampler.destroy();
   * ```
   */
  data(): Promise<TensorData>;
  /**
   * Returns the elements on the host as float32. That is exact for float16 and bfloat16. Words of uint32 are
   * rounded.
   * @throws ArgumentError (as a rejection) where the buffer is the caller's and has no COPY_SRC usage
   * @throws DeviceError (as a rejection) where the device was lost
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   *
   * const sampler = await Sampler.create();
   * const tensor = await sampler.fill('ones', [3], { dtype: 'bfloat16' });
   * console.log(await tensor.float32()); // Float32Array(3) [ 1, 1, 1 ]
   * sampler.destroy();
   * ```
   */
  float32(): Promise<Float32Array>;
  /**
   * Frees the memory that the sampler allocated for the tensor. A buffer of the caller's stays.
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   *
   * const sampler = await Sampler.create();
   * const tensor = await sampler.fill('he_normal', [1024, 1024], { seed: 42 });
   * const values = await tensor.float32();
   * tensor.destroy();
   * console.log(values.length); // 1048576
   * sampler.destroy();
   * ```
   */
  destroy(): void;
}

/** What the tensors of all backends have in common. */
export abstract class FilledTensor {
  readonly shape: Shape;
  readonly dtype: Dtype;
  readonly range: Range;
  readonly key: StreamKey;
  readonly name: string | undefined;
  readonly initializer: Filling;
  readonly math: MathMode;
  readonly byteLength: number;

  constructor(job: Job) {
    this.shape = job.shape;
    this.dtype = job.dtype;
    this.range = job.range;
    this.key = job.key;
    this.name = job.name;
    this.initializer = job.initializer;
    this.math = job.math;
    this.byteLength = byteLengthOf(job);
  }

  abstract data(): Promise<TensorData>;

  async float32(): Promise<Float32Array> {
    return toFloat32(this.dtype, await this.data());
  }
}

/**
 * Converts elements, such as `Tensor.data` returns them, to float32.
 *
 * The conversion is exact for float16 and bfloat16. Words of uint32 are rounded. Elements of dtype float32
 * are returned as they are, without a copy.
 * @param dtype the dtype that `data` has
 * @throws ArgumentError where `data` is not the typed array of the dtype
 * @throws DeviceError where memory is exhausted
 *
 * @example
 * ```ts
 * import { toFloat32 } from 'tensorseed';
 *
 * const patterns = Uint16Array.of(0x3f80, 0xc000);
 * console.log(toFloat32('bfloat16', patterns)); // Float32Array(2) [ 1, -2 ]
 * ```
 */
export function toFloat32(dtype: Dtype, data: TensorData): Float32Array {
  const { name } = viewAs(checkDtype(dtype), new ArrayBuffer(0), 0, 0).constructor;
  if (!ArrayBuffer.isView(data) || typedArrayName(data) !== name)
    throw new ArgumentError(`data of dtype ${dtype} must be a ${name}, got ${show(data)}`);
  if (dtype === 'float32') return data as Float32Array;
  let floats: Float32Array;
  try {
    floats = new Float32Array(data);
  } catch (error) {
    if (!(error instanceof RangeError)) throw new ArgumentError('data must not be detached');
    throw new DeviceError(`${4 * data.length} bytes of memory are more than there are here`);
  }
  if (isHalf(dtype))
    for (let i = 0; i < floats.length; i++) floats[i] = decode(dtype as FloatDtype, floats[i]);
  return floats;
}
