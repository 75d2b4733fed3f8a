import { ArgumentError } from '../core/errors';
import { bytesPerElement, type Dtype } from '../core/dtype';
import type { Range } from '../core/shape';

/** Bytes of a group; shaders/entry/dispatch.wgsl. */
export const GROUP_BYTES = 16;

/**
 * At most this many groups a dispatch, 2^24 float32 elements, so that even a slow integrated
 * GPU is done within about 100 ms, far below the 2 s after which Windows resets a device.
 */
export const GROUPS_PER_DISPATCH = 2 ** 22;

/** At most this many groups an invocation: starting invocations costs, too (docs/decisions.md). */
export const GROUPS_PER_INVOCATION = 8;

/** Workgroups of 64 that keep the largest GPUs busy, and the cores that a software driver has. */
export const FULL_WORKGROUPS = { gpu: 4096, software: 64 };

/** The limits of a device that a plan depends on; names as in GPUSupportedLimits. */
export interface PlanLimits {
  readonly maxStorageBufferBindingSize: number;
  readonly minStorageBufferOffsetAlignment: number;
  readonly maxComputeWorkgroupsPerDimension: number;
}

export interface PlanRequest {
  /** Elements of the tensor to write. */
  readonly range: Range;
  readonly dtype: Dtype;
  /** Where the first of them goes: a multiple of the element size. */
  readonly byteOffset: number;
  /** Size of the output buffer in bytes. */
  readonly bufferSize: number;
  readonly workgroupSize: number;
  readonly groupsPerDispatch: number;
  /** From this many workgroups on, invocations take several groups rather than that there are more of them. */
  readonly fullWorkgroups: number;
  readonly limits: PlanLimits;
}

/** One dispatch. */
export interface Step {
  /** body: whole groups, vector stores. edge: one ragged group whose other bytes stay. */
  readonly variant: 'body' | 'edge';
  readonly bindingOffset: number;
  readonly bindingSize: number;
  /** Index of the first group within the binding. */
  readonly base: number;
  readonly groups: number;
  readonly workgroups: number;
  /** Index in the tensor of slot 0, the first element of the first group; negative on an edge before element 0. */
  readonly element: number;
  /** Slots [first, end) are written. */
  readonly first: number;
  readonly end: number;
}

/**
 * The dispatches that write a range of a tensor into a buffer. Pure: tiny limits reach every path.
 * @throws ArgumentError where the buffer is too small or the offset misaligned
 */
export function plan(request: PlanRequest): Step[] {
  const { range, dtype, byteOffset, bufferSize } = request;
  if (range.count === 0) return [];
  const size = bytesPerElement(dtype);
  checkPlacement(range.count, dtype, byteOffset, bufferSize);

  const perGroup = GROUP_BYTES / size;
  const from = byteOffset / size; // places in the buffer, counted in elements
  const to = from + range.count;
  const bodyFrom = Math.ceil(from / perGroup);
  const bodyTo = Math.floor(to / perGroup);
  const steps: Step[] = [];
  const edge = (group: number): void => {
    const start = group * perGroup;
    const { windowStart, bindingOffset, bindingSize } = windowOf(request, group);
    steps.push({
      variant: 'edge',
      bindingOffset,
      bindingSize,
      base: group - windowStart,
      groups: 1,
      workgroups: 1,
      element: range.start + start - from,
      first: Math.max(from - start, 0),
      end: Math.min(to - start, perGroup),
    });
  };

  if (from % perGroup !== 0) edge(Math.floor(from / perGroup));
  for (let group = bodyFrom; group < bodyTo;) {
    const step = bodyStep(request, group, bodyTo, range.start + group * perGroup - from);
    steps.push(step);
    group += step.groups;
  }
  if (to % perGroup !== 0 && bodyTo >= bodyFrom) edge(bodyTo);
  return steps;
}

/** The longest dispatch from `group` on that the limits allow. */
function bodyStep(request: PlanRequest, group: number, end: number, element: number): Step {
  const { windowStart, windowEnd, bindingOffset, bindingSize } = windowOf(request, group);
  const groups = Math.min(
    Math.min(windowEnd, end) - group,
    request.groupsPerDispatch,
    request.limits.maxComputeWorkgroupsPerDimension * request.workgroupSize * GROUPS_PER_INVOCATION,
  );
  return {
    variant: 'body',
    bindingOffset,
    bindingSize,
    base: group - windowStart,
    groups,
    workgroups: workgroupsFor(groups, request),
    element,
    first: 0,
    end: groups * (GROUP_BYTES / bytesPerElement(request.dtype)),
  };
}

/**
 * The binding that holds a group. Bindings begin at multiples of what fits one and reach as far as
 * they can, so that all dispatches into a buffer, whatever tensor they are of, share a few.
 */
function windowOf({ limits, bufferSize }: PlanRequest, group: number) {
  const perBinding = Math.floor(limits.maxStorageBufferBindingSize / GROUP_BYTES);
  const stride = alignDown(perBinding, limits.minStorageBufferOffsetAlignment / GROUP_BYTES);
  const windowStart = alignDown(group, stride);
  const bindingOffset = windowStart * GROUP_BYTES;
  // A binding is a multiple of 4 bytes; what lies past the buffer's last whole word cannot be in range.
  const bindingSize = Math.min(stride * GROUP_BYTES, alignDown(bufferSize, 4) - bindingOffset);
  return { windowStart, windowEnd: windowStart + stride, bindingOffset, bindingSize };
}

/** Groups are dealt out to the workgroups in turn: one for each invocation, and more once the GPU is full. */
function workgroupsFor(groups: number, { workgroupSize, fullWorkgroups, limits }: PlanRequest): number {
  const most = Math.ceil(groups / workgroupSize);
  return Math.max(
    Math.min(most, fullWorkgroups, limits.maxComputeWorkgroupsPerDimension),
    Math.ceil(most / GROUPS_PER_INVOCATION),
  );
}

/** The bytes a buffer needs to hold `count` elements from `byteOffset` on: whole 4-byte words. */
export function bufferBytes(count: number, dtype: Dtype, byteOffset = 0): number {
  return Math.ceil((byteOffset + count * bytesPerElement(dtype)) / 4) * 4;
}

function checkPlacement(count: number, dtype: Dtype, byteOffset: number, bufferSize: number): void {
  const size = bytesPerElement(dtype);
  if (byteOffset % size !== 0) {
    throw new ArgumentError(
      `byteOffset must be a multiple of ${size}, the size of ${dtype}, got ${byteOffset}`,
    );
  }
  const needed = bufferBytes(count, dtype, byteOffset);
  if (needed > bufferSize) {
    throw new ArgumentError(
      `buffer must have at least ${needed} bytes for ${count} ${dtype} elements at byteOffset ${byteOffset}, got ${bufferSize}`,
    );
  }
}

function alignDown(value: number, alignment: number): number {
  return value - (value % alignment);
}
