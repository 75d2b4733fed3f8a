import type { Dtype } from '../core/dtype';

/**
 * The format's element types and their sizes in bits, from its reference implementation
 * (huggingface/safetensors, safetensors/src/tensor.rs), in that file's order of alignment.
 */
export const SAFETENSORS_BITS = {
  BOOL: 8,
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  U8: 8,
  I8: 8,
  F8_E5M2: 8,
  F8_E4M3: 8,
  F8_E8M0: 8,
  F8_E4M3FNUZ: 8,
  F8_E5M2FNUZ: 8,
  I16: 16,
  U16: 16,
  F16: 16,
  BF16: 16,
  I32: 32,
  U32: 32,
  F32: 32,
  C64: 64,
  F64: 64,
  I64: 64,
  U64: 64,
} as const;

export type SafetensorsDtype = keyof typeof SAFETENSORS_BITS;

export const SAFETENSORS_DTYPES = Object.keys(SAFETENSORS_BITS) as SafetensorsDtype[];

/** The format's name for each type that tensorseed fills. */
export const SAFETENSORS_NAME: Readonly<Record<Dtype, SafetensorsDtype>> = {
  float32: 'F32',
  float16: 'F16',
  bfloat16: 'BF16',
  uint32: 'U32',
  int32: 'I32',
  uint8: 'U8',
  int8: 'I8',
};

/** The dtype for each of the format's names that tensorseed fills. */
export const DTYPE_NAMED: ReadonlyMap<SafetensorsDtype, Dtype> = new Map(
  (Object.keys(SAFETENSORS_NAME) as Dtype[]).map((dtype) => [SAFETENSORS_NAME[dtype], dtype]),
);

/** A type by our name or by the format's. No name is both. */
export type AnyDtype = Dtype | SafetensorsDtype;

/** The format's name for a type. */
export function formatName(dtype: AnyDtype): SafetensorsDtype {
  return dtype in SAFETENSORS_NAME ? SAFETENSORS_NAME[dtype as Dtype] : (dtype as SafetensorsDtype);
}
