import { ArgumentError, show } from './errors';
import { asked, bare, nearest } from './nearest';

/**
 * The type of a tensor's elements: 4 bytes each for float32, uint32 and int32, 2 bytes each for float16 (IEEE 754
 * binary16) and bfloat16.
 *
 * @example
 * ```ts
 * import { type Dtype, Sampler } from 'tensorseed';
 *
 * const dtype: Dtype = 'bfloat16';
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill('ones', [100], { dtype });
 * console.log(tensor.byteLength); // 200
 * sampler.destroy();
 * ```
 */
export type Dtype = 'float32' | 'float16' | 'bfloat16' | 'uint32' | 'int32';

/** Every dtype. */
export const DTYPES: readonly Dtype[] = ['float32', 'float16', 'bfloat16', 'uint32', 'int32'];

/** The dtypes of floating-point numbers. */
export type FloatDtype = Exclude<Dtype, 'uint32' | 'int32'>;

/**
 * A tensor's elements on the host: a Float32Array for float32, a Uint32Array for uint32, an Int32Array for
 * int32, and a Uint16Array of 16-bit patterns for float16 and bfloat16.
 *
 * @example
 * ```ts
 * import { Sampler, type TensorData } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill('ones', [2], { dtype: 'float16' });
 * const patterns: TensorData = await tensor.data();
 * console.log(patterns); // Uint16Array(2) [ 15360, 15360 ]
 * sampler.destroy();
 * ```
 */
export type TensorData =
  | Float32Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>;

/** Other names of our dtypes, such as those of torch, C and mixed precision. */
const MEANT: Readonly<Record<string, Dtype>> = {
  fp32: 'float32',
  f32: 'float32',
  float: 'float32',
  single: 'float32',
  fp16: 'float16',
  f16: 'float16',
  half: 'float16',
  bf16: 'bfloat16',
  u32: 'uint32',
  uint: 'uint32',
  i32: 'int32',
  int: 'int32',
};

/** What looks like a name of a dtype is one that is not here, and no misspelling of one that is. */
const ANOTHER = /^((b?float|u?int|complex)(4|8|16|32|64|128)?|bool)$/;

/** @throws ArgumentError where `value` is not the name of a dtype among `allowed` */
export function checkDtype<T extends Dtype = Dtype>(
  value: unknown,
  allowed: readonly T[] = DTYPES as readonly T[],
): T {
  if ((allowed as readonly unknown[]).includes(value)) return value as T;
  const near = asked(typeof value === 'string' ? meantBy(value, allowed) : []);
  throw new ArgumentError(`dtype must be one of ${allowed.join(', ')}, got ${show(value)}${near}`);
}

/** The dtypes that a wrong name may stand for. */
function meantBy(value: string, allowed: readonly string[]): readonly string[] {
  const name = bare(value.slice(0, 30).replace(/^\w+\./, '')); // without the module of torch.float16
  const meant = Object.hasOwn(MEANT, name) ? MEANT[name] : name;
  if (allowed.includes(meant)) return [meant];
  return meant !== name || ANOTHER.test(name) ? [] : nearest(value, allowed);
}

/** Whether the elements are floating-point numbers. */
export function isFloat(dtype: Dtype): dtype is FloatDtype {
  return dtype !== 'uint32' && dtype !== 'int32';
}

/** Whether the elements have 16 bits. */
export function isHalf(dtype: Dtype): boolean {
  return dtype === 'float16' || dtype === 'bfloat16';
}

export function bytesPerElement(dtype: Dtype): 2 | 4 {
  return isHalf(dtype) ? 2 : 4;
}

/** A view of `count` elements, which begin at byte `byteOffset` of `buffer`. */
export function viewAs(dtype: Dtype, buffer: ArrayBuffer, byteOffset: number, count: number): TensorData {
  if (isHalf(dtype)) return new Uint16Array(buffer, byteOffset, count);
  if (dtype === 'int32') return new Int32Array(buffer, byteOffset, count);
  return dtype === 'uint32'
    ? new Uint32Array(buffer, byteOffset, count)
    : new Float32Array(buffer, byteOffset, count);
}

/** The same view as bit patterns of 32 bits each, or 16 bits each for halves. */
export function patternsIn(
  dtype: Dtype,
  buffer: ArrayBuffer,
  byteOffset: number,
  count: number,
): Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> {
  return isHalf(dtype)
    ? new Uint16Array(buffer, byteOffset, count)
    : new Uint32Array(buffer, byteOffset, count);
}

/** The distance between neighbouring numbers, relative to their size. */
export const SPACING: Readonly<Record<FloatDtype, number>> = {
  float32: 2 ** -23,
  float16: 2 ** -10,
  bfloat16: 2 ** -7,
};

/** The distance between the smallest numbers. */
export const SUBNORMAL: Readonly<Record<FloatDtype, number>> = {
  float32: 2 ** -149,
  float16: 2 ** -24,
  bfloat16: 2 ** -133,
};
