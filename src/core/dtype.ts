import { ArgumentError, show } from './errors';
import { asked, bare, nearest } from './nearest';

/**
 * The type of a tensor's elements: 4 bytes each for float32, uint32 and int32, 2 bytes each for float16 (IEEE 754
 * binary16) and bfloat16, and 1 byte each for uint8 and int8.
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
export type Dtype = 'float32' | 'float16' | 'bfloat16' | 'uint32' | 'int32' | 'uint8' | 'int8';

/** Every dtype. */
export const DTYPES: readonly Dtype[] = [
  'float32',
  'float16',
  'bfloat16',
  'uint32',
  'int32',
  'uint8',
  'int8',
];

/** The dtypes of floating-point numbers. */
export type FloatDtype = 'float32' | 'float16' | 'bfloat16';

/**
 * A tensor's elements on the host: a Float32Array for float32, a Uint16Array of 16-bit patterns for float16 and
 * bfloat16, and the typed array of that name for integers.
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
  | Int32Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>;

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
  u8: 'uint8',
  byte: 'uint8',
  i8: 'int8',
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
  return dtype === 'float32' || isHalf(dtype);
}

/** Whether the elements have 16 bits. */
export function isHalf(dtype: Dtype): boolean {
  return dtype === 'float16' || dtype === 'bfloat16';
}

/** The arrays of the elements, and those of their bit patterns. */
const ARRAYS = {
  float32: [Float32Array, Uint32Array],
  float16: [Uint16Array, Uint16Array],
  bfloat16: [Uint16Array, Uint16Array],
  uint32: [Uint32Array, Uint32Array],
  int32: [Int32Array, Uint32Array],
  uint8: [Uint8Array, Uint8Array],
  int8: [Int8Array, Uint8Array],
} as const;

export function bytesPerElement(dtype: Dtype): 1 | 2 | 4 {
  return ARRAYS[dtype][0].BYTES_PER_ELEMENT as 1 | 2 | 4;
}

/** A view of `count` elements, which begin at byte `byteOffset` of `buffer`. */
export function viewAs(dtype: Dtype, buffer: ArrayBuffer, byteOffset: number, count: number): TensorData {
  return new ARRAYS[dtype][0](buffer, byteOffset, count);
}

/** The same view as unsigned integers, the bit patterns of the elements. */
export function patternsIn(
  dtype: Dtype,
  buffer: ArrayBuffer,
  byteOffset: number,
  count: number,
): Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint8Array<ArrayBuffer> {
  return new ARRAYS[dtype][1](buffer, byteOffset, count);
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
