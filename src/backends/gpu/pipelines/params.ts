import { bytesPerElement } from '../../../core/dtype';
import { blockFrom } from '../../../distributions/key_words';
import { type Members, PADDING } from '../../../distributions/members';
import { membersOf } from '../../../distributions/parameters';
import { type Dispatch, GROUP_BYTES } from '../../../jobs/plan';

/** The members of the shader's `Params` for one dispatch. */
export function paramsOf(dispatch: Dispatch): Members {
  const { params, dtype, key, element, groups, from } = dispatch;
  const count = groups * (GROUP_BYTES / bytesPerElement(dtype));
  return [...dispatchMembers(dispatch), ...membersOf(params, { element, count, from, key })];
}

/**
 * The lane of the first element in its Philox block. Where it is not 0, groups and blocks do not coincide.
 */
export function laneOf({ element }: Dispatch): number {
  return element - 4 * Math.floor(element / 4);
}

/** `Dispatch` in shaders/entry/dispatch.wgsl. */
function dispatchMembers(dispatch: Dispatch): Members {
  const { key, groups, base, first, end } = dispatch;
  const [blockLo, blockHi] = blockFrom(key.origin, Math.floor(dispatch.element / 4));
  return [
    ['at.key_lo', key.lo],
    ['at.key_hi', key.hi],
    ['at.block_lo', blockLo],
    ['at.block_hi', blockHi],
    ['at.lane', laneOf(dispatch)],
    ['at.groups', groups],
    ['at.base', base],
    ['at.first', first],
    ['at.end', end],
    PADDING,
    PADDING,
    PADDING,
  ];
}
