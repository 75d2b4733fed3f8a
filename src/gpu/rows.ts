import { bytesPerElement } from '../dtype';
import { GROUP_BYTES } from '../plan';
import { type Dispatch, workOf } from './dispatches';
import { variantOf } from './pipelines';

/** Rows a dispatch at most; shaders/shared/dispatch.wgsl. */
export const ROWS = 8;

/**
 * The dispatches that compute these, each as its rows of workgroups: those of one pipeline into one binding become rows
 * of one, since a dispatch costs as much as thousands of elements. Together they have no more work than one
 * may have, and at most twice the workgroups of the shortest, for it has as many as the longest. Where two
 * write the same word, the order is kept.
 */
export function rowsOf(dispatches: readonly Dispatch[]): Dispatch[][] {
  const written = disjointlyWritten(dispatches);
  const alone: Dispatch[][] = [];
  const alike = new Map<GPUBuffer, Map<string, Dispatch[]>>();
  for (const dispatch of dispatches) {
    const { job, step, buffer, matrix } = dispatch;
    if (matrix !== undefined || !written.has(buffer)) {
      alone.push([dispatch]);
      continue;
    }
    let ofBuffer = alike.get(buffer);
    if (ofBuffer === undefined) alike.set(buffer, (ofBuffer = new Map()));
    const key = `${step.bindingOffset} ${variantOf(job.params, job.dtype, step).id}`;
    const found = ofBuffer.get(key);
    if (found === undefined) ofBuffer.set(key, [dispatch]);
    else found.push(dispatch);
  }
  return [...alone, ...Array.from(alike.values(), (ofBuffer) => Array.from(ofBuffer.values(), cut)).flat(2)];
}

/** Dispatches that may be rows of one, as few such as hold them. */
function cut(dispatches: readonly Dispatch[]): Dispatch[][] {
  const made: Dispatch[][] = [];
  let work = 0;
  for (const dispatch of [...dispatches].sort((a, b) => a.step.workgroups - b.step.workgroups)) {
    const rows = made[made.length - 1];
    work += workOf(dispatch);
    if (rows !== undefined && rows.length < ROWS && work <= 1 && dispatch.step.workgroups <= 2 * rows[0].step.workgroups) {
      rows.push(dispatch);
    } else {
      made.push([dispatch]);
      work = workOf(dispatch);
    }
  }
  return made;
}

/** The buffers in which no two dispatches write to the same word: an edge writes the rest of its words back as it was. */
function disjointlyWritten(dispatches: readonly Dispatch[]): Set<GPUBuffer> {
  const written = new Map<GPUBuffer, [start: number, end: number][]>();
  for (const { job, step, buffer } of dispatches) {
    const size = bytesPerElement(job.dtype);
    const byte = step.bindingOffset + step.base * GROUP_BYTES;
    const range: [number, number] = [Math.floor((byte + step.first * size) / 4), Math.ceil((byte + step.end * size) / 4)];
    const ofBuffer = written.get(buffer);
    if (ofBuffer === undefined) written.set(buffer, [range]);
    else ofBuffer.push(range);
  }
  const isDisjoint = (ranges: [number, number][]): boolean =>
    ranges.sort(([a], [b]) => a - b).every(([start], i) => i === 0 || ranges[i - 1][1] <= start);
  return new Set(Array.from(written).filter(([, ranges]) => isDisjoint(ranges)).map(([buffer]) => buffer));
}
