import { count } from '../core/check';
import { bytesPerElement, type Dtype, type TensorData } from '../core/dtype';
import { ArgumentError, reading, show } from '../core/errors';
import { typedArrayName } from '../core/typed_array';
import { Sampler } from '../sampler';

/**
 * The device that a sampler computes on, or undefined where that is the CPU.
 * @throws ArgumentError where `sampler` is none, or was destroyed
 */
export function deviceOf(sampler: Sampler): GPUDevice | undefined {
  if (sampler instanceof Sampler) return sampler.liveDevice();
  throw new ArgumentError(`sampler must be a Sampler, got ${show(sampler)}`);
}

/** Elements on the host as bit patterns of their dtype. */
export interface HostElements {
  readonly dtype: Dtype;
  readonly patterns: Uint32Array | Uint16Array;
}

/** The classes of typed arrays that hold a dtype. The first dtype of a class is the default. */
const CLASSES: Readonly<Record<string, readonly Dtype[]>> = {
  Float32Array: ['float32'],
  Float16Array: ['float16'],
  Uint16Array: ['float16', 'bfloat16'],
  Uint32Array: ['uint32'],
  Int32Array: ['int32'],
};

/**
 * The elements of a typed array of the caller's, not a copy.
 * @param name what messages call it
 * @param dtype what the elements are, where the array alone does not say it
 * @param allowed the dtypes that they may have
 * @throws ArgumentError unless `value` is a typed array of one of them
 */
export function hostElements(
  name: string,
  value: unknown,
  dtype: Dtype | undefined,
  allowed: readonly Dtype[],
): HostElements {
  const held = (CLASSES[typedArrayName(value) ?? ''] ?? []).filter((each) => allowed.includes(each));
  const chosen = dtype === undefined ? held[0] : held.find((each) => each === dtype);
  if (chosen === undefined) {
    const wanted = dtype === undefined ? allowed : [dtype];
    const classes = Object.entries(CLASSES).filter(([, dtypes]) =>
      dtypes.some((each) => wanted.includes(each)),
    );
    throw new ArgumentError(
      `${name} must be a GPUBuffer on a GPU, or a typed array (${classes.map(([each]) => each).join(', ')} for ${wanted.join(', ')}), got ${show(value)}`,
    );
  }
  const { buffer, byteOffset, length } = reading(name, () => value as TensorData);
  const Patterns = bytesPerElement(chosen) === 2 ? Uint16Array : Uint32Array;
  return { dtype: chosen, patterns: new Patterns(buffer, byteOffset, length) };
}

/**
 * @param name what messages call the offset
 * @returns the byte at which elements begin in a buffer
 * @throws ArgumentError unless it is a multiple of the size of an element and `elements` fit in `bytes` behind it
 */
export function checkPlace(
  name: string,
  offset: number | undefined,
  elements: number,
  dtype: Dtype,
  bytes: number,
): number {
  const size = bytesPerElement(dtype);
  const at = offset === undefined ? 0 : count(name, offset);
  if (at % size !== 0)
    throw new ArgumentError(`${name} must be a multiple of ${size}, the size of ${dtype}, got ${at}`);
  if (at + elements * size > bytes) {
    throw new ArgumentError(
      `the buffer must have at least ${at + elements * size} bytes for ${elements} ${dtype} elements at ${name} ${at}, got ${bytes}`,
    );
  }
  return at;
}
