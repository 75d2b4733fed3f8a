import type { SafetensorsDtype } from './safetensors_dtypes';

/** A float of 8 bits: the bits of its mantissa, the bias of its exponent, and the patterns of what is no number. */
interface SmallFloat {
  readonly mantissa: number;
  readonly bias: number;
  readonly isNaN: (bits: number) => boolean;
}

const isMinusZero = (bits: number): boolean => bits === 0x80;

/**
 * The signed formats. Those with FNUZ have no infinity and no -0, E4M3 has no infinity.
 * @see https://arxiv.org/abs/2209.05433 (E5M2, E4M3), https://arxiv.org/abs/2206.02915 (FNUZ)
 */
const SIGNED: Partial<Record<SafetensorsDtype, SmallFloat>> = {
  F8_E5M2: { mantissa: 2, bias: 15, isNaN: (bits) => (bits & 0x7f) > 0x7c },
  F8_E4M3: { mantissa: 3, bias: 7, isNaN: (bits) => (bits & 0x7f) === 0x7f },
  F8_E5M2FNUZ: { mantissa: 2, bias: 16, isNaN: isMinusZero },
  F8_E4M3FNUZ: { mantissa: 3, bias: 8, isNaN: isMinusZero },
};

/** The value of each of the 256 bit patterns of an 8-bit float; undefined for any other type. */
export function smallFloats(dtype: SafetensorsDtype): Float32Array | undefined {
  const format = SIGNED[dtype];
  if (format !== undefined)
    return Float32Array.from({ length: 256 }, (_, bits) => valueOf(format, dtype, bits));
  // A power of two, without a sign and without 0.
  if (dtype === 'F8_E8M0')
    return Float32Array.from({ length: 256 }, (_, bits) => (bits === 0xff ? NaN : 2 ** (bits - 127)));
  return undefined;
}

function valueOf({ mantissa, bias, isNaN }: SmallFloat, dtype: SafetensorsDtype, bits: number): number {
  if (isNaN(bits)) return NaN;
  const sign = bits & 0x80 ? -1 : 1;
  const magnitude = bits & 0x7f;
  if (dtype === 'F8_E5M2' && magnitude === 0x7c) return sign * Infinity;
  const exponent = magnitude >> mantissa;
  const fraction = (magnitude & ((1 << mantissa) - 1)) + (exponent === 0 ? 0 : 1 << mantissa);
  return sign * fraction * 2 ** (Math.max(exponent, 1) - bias - mantissa);
}
