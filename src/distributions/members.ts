import type { Affine } from '../arithmetic/affine_map';

/** The members of a shader's `Params` struct in order, each a word of 4 bytes. */
export type Members = readonly (readonly [name: string, word: number])[];

/** The slots that a dispatch computes. */
export interface Slots {
  /** Index in the tensor of slot 0; negative where a dispatch begins before element 0. */
  readonly element: number;
  readonly count: number;
}

/** What @size adds to a struct inside a uniform, whose length must be a multiple of 16 bytes. */
export const PADDING = ['', 0] as const;

/** The struct `Affine` of shaders/shared/affine.wgsl. */
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
