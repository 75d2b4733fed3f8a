import { diagonalWithin } from '../../../distributions/diagonal';
import type { Affine } from '../../../arithmetic/affine_map';
import { isHalf, type Dtype } from '../../../core/dtype';
import type { Key } from '../../../streams/key';
import type { Parameters } from '../../../distributions/parameters';
import type { Step } from '../../../jobs/plan';
import { float32Bits } from '../../../arithmetic/round';

/** A shader's `Params` struct, 4 bytes a member. */
export type Members = readonly (readonly [name: string, word: number])[];

/** What @size adds to a struct inside a uniform, whose length must be a multiple of 16 bytes. */
const PADDING = ['', 0] as const;

/** The `Params` of one dispatch. */
export function paramsOf(params: Parameters, key: Key, dtype: Dtype, step: Step): Members {
  return [...dispatchMembers(key, step), ...kernelMembers(params, dtype, step)];
}

/** Whether elements fall into other lanes of their Philox blocks than of their groups. */
export function laneOf(step: Step): number {
  return step.element - 4 * Math.floor(step.element / 4);
}

/** `Dispatch` in shaders/entry/dispatch.wgsl. */
function dispatchMembers(key: Key, step: Step): Members {
  // Before element 0, which only masked slots are, the index wraps as 64-bit words do.
  const block = Math.floor(step.element / 4);
  return [
    ['at.key_lo', key.lo],
    ['at.key_hi', key.hi],
    ['at.block_lo', block >>> 0],
    ['at.block_hi', Math.floor(block / 2 ** 32) >>> 0],
    ['at.lane', laneOf(step)],
    ['at.groups', step.groups],
    ['at.base', step.base],
    ['at.first', step.first],
    ['at.end', step.end],
    PADDING,
    PADDING,
    PADDING,
  ];
}

function kernelMembers(params: Parameters, dtype: Dtype, step: Step): Members {
  switch (params.kernel) {
    case 'bits':
      return [];
    case 'constant':
      return [['word', params.pattern]];
    case 'uniform':
      return [
        ...affineMembers(params.affine),
        ['word_min', params.wordMin],
        ['word_max', params.wordMax],
        ['center', params.center],
      ];
    case 'normal':
      return affineMembers(params.affine);
    case 'normal_native':
      return [
        ['mean', float32Bits(params.mean)],
        ['stddev', float32Bits(params.stddev)],
      ];
    case 'truncated_normal':
      return [
        ...affineMembers(params.affine),
        ['accept_min', params.acceptMin],
        ['accept_max', params.acceptMax],
        ['clamp_min', params.clampMin],
        ['clamp_max', params.clampMax],
      ];
    case 'truncated_normal_native':
      return [
        ['mean', float32Bits(params.mean)],
        ['stddev', float32Bits(params.stddev)],
        ['accept_min', float32Bits(params.acceptMin)],
        ['accept_max', float32Bits(params.acceptMax)],
        ['value_min', float32Bits(params.valueMin)],
        ['value_max', float32Bits(params.valueMax)],
      ];
    case 'eye': {
      const slots = step.groups * (isHalf(dtype) ? 8 : 4);
      const { first, end, step: apart } = diagonalWithin(params.rows, params.columns, step.element, slots);
      return [
        ['word', params.pattern],
        ['diagonal_first', first],
        ['diagonal_end', end],
        ['diagonal_step', apart],
      ];
    }
    case 'orthogonal': {
      const { rows, columns, offset, gain } = params;
      const [rowStride, columnStride] = rows < columns ? [1, rows] : [columns, 1];
      const first = step.element - offset;
      const touched = first < rows * columns && first + step.groups * (isHalf(dtype) ? 8 : 4) > 0;
      return [
        ['columns', columns],
        ['row_stride', rowStride],
        ['column_stride', columnStride],
        ['gain', float32Bits(gain)],
        ['first', touched ? first >>> 0 : 0],
        ['count', touched ? rows * columns : 0],
        PADDING,
        PADDING,
      ];
    }
  }
}

function affineMembers(a: Affine): Members {
  return [
    ['affine.offset_lo', a.offset[0]],
    ['affine.offset_mid', a.offset[1]],
    ['affine.offset_hi', a.offset[2]],
    ['affine.scale_lo', a.scale[0]],
    ['affine.scale_hi', a.scale[1]],
    ['affine.exponent', a.exponent],
    PADDING,
    PADDING,
  ];
}
