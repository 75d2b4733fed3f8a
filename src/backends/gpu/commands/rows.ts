import { bytesPerElement } from '../../../core/dtype';
import { type Dispatch, GROUP_BYTES, workOf } from '../../../jobs/plan';
import { variantOf } from '../pipelines/variant';

/** The most rows of a dispatch; ROWS in shaders/entry/dispatch.wgsl. */
export const ROWS = 8;

/**
 * Joins dispatches of one pipeline into one binding: they become the rows of one dispatch, because a dispatch
 * costs as much as thousands of elements. Joined ones have together no more work than one dispatch may have.
 * Every row has as many workgroups as the longest, so the longest has at most twice the workgroups of the
 * shortest. Where two dispatches write the same word, none are joined and the order is kept.
 * @returns the rows of each dispatch
 */
export function rowsOf(dispatches: readonly Dispatch[]): Dispatch[][] {
  return grouped(dispatches, ({ buffer }) => buffer).flatMap((ofBuffer) =>
    areDisjoint(ofBuffer) ? grouped(ofBuffer, kindOf).flatMap(cut) : ofBuffer.map((dispatch) => [dispatch]),
  );
}

/** Equal for dispatches into one buffer that may be joined. An operand belongs to a single tensor. */
function kindOf(dispatch: Dispatch): unknown {
  const { bindingOffset, operand } = dispatch;
  return operand === undefined ? `${bindingOffset} ${variantOf(dispatch).id}` : dispatch;
}

/** Dispatches by key, in the order in which the keys first come. */
function grouped(dispatches: readonly Dispatch[], keyOf: (dispatch: Dispatch) => unknown): Dispatch[][] {
  const groups = new Map<unknown, Dispatch[]>();
  for (const dispatch of dispatches) {
    const key = keyOf(dispatch);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [dispatch]);
    else group.push(dispatch);
  }
  return [...groups.values()];
}

/** Divides dispatches that may be joined into as few as the limits allow. */
function cut(dispatches: readonly Dispatch[]): Dispatch[][] {
  const made: Dispatch[][] = [];
  let work = 0;
  for (const dispatch of [...dispatches].sort((a, b) => a.workgroups - b.workgroups)) {
    const rows = made[made.length - 1];
    work += workOf(dispatch);
    const isShort = rows !== undefined && dispatch.workgroups <= 2 * rows[0].workgroups;
    if (isShort && rows.length < ROWS && work <= 1) {
      rows.push(dispatch);
    } else {
      made.push([dispatch]);
      work = workOf(dispatch);
    }
  }
  return made;
}

/**
 * Whether no two dispatches into one buffer write the same word. An edge writes the other bytes of its words
 * back.
 */
function areDisjoint(dispatches: readonly Dispatch[]): boolean {
  const words = dispatches.map(({ dtype, bindingOffset, base, first, end }): [start: number, end: number] => {
    const size = bytesPerElement(dtype);
    const byte = bindingOffset + base * GROUP_BYTES;
    return [Math.floor((byte + first * size) / 4), Math.ceil((byte + end * size) / 4)];
  });
  return words.sort(([a], [b]) => a - b).every(([start], i) => i === 0 || words[i - 1][1] <= start);
}
