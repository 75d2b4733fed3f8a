import type { Affine } from '../arithmetic/affine_map';
import type { KeyWords } from './key_words';

/** The members of a shader's `Params` struct in order, each a word of 4 bytes. */
export type Members = readonly (readonly [name: string, word: number])[];

/** The slots that a dispatch computes. */
export interface Slots {
  /** The index of slot 0 in the tensor. It is negative where a dispatch begins before element 0. */
  readonly element: number;
  readonly count: number;
  /** The element that the words of a host begin with, a multiple of 4. */
  readonly from: number;
  /** The key of the stream. */
  readonly key: KeyWords;
}

/** A member without a name, by which @size brings the length of a struct to a multiple of 16 bytes. */
export const PADDING = ['', 0] as const;

/** The members of the struct `Affine` in shaders/shared/affine.wgsl. */
export function affineMembers({ offset, scale, exponent }: Affine): Members {
  return [
    ['affine.offset_lo', offset[0]],
    ['affine.offset_mid', offset[1]],
    ['affine.offset_hi', offset[2]],
    ['affine.scale_lo', scale[0]],
    ['affine.scale_hi', scale[1]],
    ['affine.exponent', exponent],
    PADDING,
    PADDING,
  ];
}
