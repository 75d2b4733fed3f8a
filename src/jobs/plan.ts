import { bytesPerElement, type Dtype } from '../core/dtype';
import { ArgumentError } from '../core/errors';
import type { Range } from '../core/shape';
import type { Parameters } from '../distributions/parameters';
import type { KeyWords } from '../distributions/key_words';
import { byteOffsetOf, type Job, type Stretch } from './job';

/** The bytes of a group; see shaders/entry/dispatch.wgsl. */
export const GROUP_BYTES = 16;

/**
 * A dispatch has at most this many groups, which are 2^24 float32 elements. So even a slow integrated GPU is
 * done within about 100 ms, far below the 2 s after which Windows resets a device.
 */
export const GROUPS_PER_DISPATCH = 2 ** 22;

/**
 * An invocation takes at most this many groups. It takes several because starting one costs time
 * (docs/decisions.md).
 */
export const GROUPS_PER_INVOCATION = 8;

/** The number of workgroups of 64 that keep the largest GPUs busy, or the cores of a software driver. */
export const FULL_WORKGROUPS = { gpu: 4096, software: 64 };

/** The limits of a device that a plan depends on; names as in GPUSupportedLimits. */
export interface PlanLimits {
  readonly maxStorageBufferBindingSize: number;
  readonly minStorageBufferOffsetAlignment: number;
  readonly maxComputeWorkgroupsPerDimension: number;
}

/** How much a device takes at once. */
export interface PlanDevice {
  readonly workgroupSize: number;
  readonly groupsPerDispatch: number;
  /** With this many workgroups, invocations take several groups before there are more workgroups. */
  readonly fullWorkgroups: number;
  readonly limits: PlanLimits;
}

/** One dispatch: what it computes, and the part of the buffer that it writes. */
export interface Dispatch {
  readonly params: Parameters;
  readonly key: KeyWords;
  readonly dtype: Dtype;
  readonly buffer: GPUBuffer;
  /** The buffer that the kernel reads beside its parameters. */
  readonly operand: GPUBuffer | undefined;
  /**
   * 'body' stores whole groups as vectors. 'edge' stores one ragged group and leaves its other bytes alone.
   */
  readonly variant: 'body' | 'edge';
  readonly bindingOffset: number;
  readonly bindingSize: number;
  /** The index of the first group within the binding. */
  readonly base: number;
  readonly groups: number;
  readonly workgroups: number;
  /**
   * The index in the tensor of slot 0, the first element of the first group. It is negative on an edge before
   * element 0.
   */
  readonly element: number;
  /**
   * The element that the words of a host begin with, where the operand is these: the first of the stretch, or up to
   * three before it.
   */
  readonly from: number;
  /** The slots [first, end) are written. */
  readonly first: number;
  readonly end: number;
}

/** What the dispatches of a stretch have in common. */
type Target = Pick<Dispatch, 'params' | 'key' | 'dtype' | 'buffer' | 'operand' | 'from'>;

/**
 * Returns the dispatches that write a job into a buffer. The function is pure, so that tests can reach every
 * path with tiny limits.
 * @throws ArgumentError where the buffer is too small or the offset misaligned
 */
export function plan(
  job: Pick<Job, 'range' | 'dtype' | 'key' | 'byteOffset'> & {
    readonly stretches: readonly Pick<Stretch, 'params' | 'range'>[];
  },
  buffer: GPUBuffer,
  operand: GPUBuffer | undefined,
  device: PlanDevice,
): Dispatch[] {
  checkPlacement(job, buffer.size);
  const { key, dtype } = job;
  return job.stretches.flatMap((stretch) =>
    planStretch(
      { params: stretch.params, key, dtype, buffer, operand, from: firstOfBlock(stretch.range.start) },
      stretch.range,
      byteOffsetOf(job, stretch),
      device,
    ),
  );
}

function planStretch(target: Target, range: Range, byteOffset: number, device: PlanDevice): Dispatch[] {
  if (range.count === 0) return [];
  const size = bytesPerElement(target.dtype);
  const perGroup = GROUP_BYTES / size;
  const from = byteOffset / size; // places in the buffer, in elements
  const to = from + range.count;
  const bodyFrom = Math.ceil(from / perGroup);
  const bodyTo = Math.floor(to / perGroup);
  const dispatches: Dispatch[] = [];
  const edge = (group: number): void => {
    const start = group * perGroup;
    const { windowStart, bindingOffset, bindingSize } = windowOf(target.buffer.size, group, device.limits);
    dispatches.push({
      ...target,
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
    const dispatch = body(target, group, bodyTo, range.start + group * perGroup - from, device);
    dispatches.push(dispatch);
    group += dispatch.groups;
  }
  if (to % perGroup !== 0 && bodyTo >= bodyFrom) edge(bodyTo);
  return dispatches;
}

/** The longest dispatch that begins at `group` and that the limits allow. */
function body(target: Target, group: number, end: number, element: number, device: PlanDevice): Dispatch {
  const { limits, workgroupSize, groupsPerDispatch } = device;
  const { windowStart, windowEnd, bindingOffset, bindingSize } = windowOf(target.buffer.size, group, limits);
  const groups = Math.min(
    Math.min(windowEnd, end) - group,
    Math.ceil(groupsPerDispatch / attemptsOf(target.params)),
    limits.maxComputeWorkgroupsPerDimension * workgroupSize * GROUPS_PER_INVOCATION,
  );
  return {
    ...target,
    variant: 'body',
    bindingOffset,
    bindingSize,
    base: group - windowStart,
    groups,
    workgroups: workgroupsFor(groups, device),
    element,
    first: 0,
    end: groups * (GROUP_BYTES / bytesPerElement(target.dtype)),
  };
}

/** How long a dispatch is, as a share of the longest that a plan allows, which is about 1. */
export function workOf({ params, groups }: Dispatch): number {
  return (groups * attemptsOf(params)) / GROUPS_PER_DISPATCH;
}

/** The number of candidates that an element needs on average. */
function attemptsOf(params: Parameters): number {
  return 'attempts' in params ? params.attempts : 1;
}

/**
 * The binding that holds a group. Bindings begin at multiples of the largest size and reach as far as they
 * can, so that all dispatches into a buffer share a few bindings, whatever tensors they belong to.
 */
function windowOf(bufferSize: number, group: number, limits: PlanLimits) {
  const perBinding = Math.floor(limits.maxStorageBufferBindingSize / GROUP_BYTES);
  const stride = alignDown(perBinding, limits.minStorageBufferOffsetAlignment / GROUP_BYTES);
  const windowStart = alignDown(group, stride);
  const bindingOffset = windowStart * GROUP_BYTES;
  // A binding is a multiple of 4 bytes. No element lies past the last whole word of the buffer.
  const bindingSize = Math.min(stride * GROUP_BYTES, alignDown(bufferSize, 4) - bindingOffset);
  return { windowStart, windowEnd: windowStart + stride, bindingOffset, bindingSize };
}

/** The number of workgroups. An invocation takes one group, and several once the GPU is full. */
function workgroupsFor(groups: number, { workgroupSize, fullWorkgroups, limits }: PlanDevice): number {
  const most = Math.ceil(groups / workgroupSize);
  return Math.max(
    Math.min(most, fullWorkgroups, limits.maxComputeWorkgroupsPerDimension),
    Math.ceil(most / GROUPS_PER_INVOCATION),
  );
}

/** The bytes of a buffer that holds `count` elements from `byteOffset` on, in whole words of 4 bytes. */
export function bufferBytes(count: number, dtype: Dtype, byteOffset = 0): number {
  return Math.ceil((byteOffset + count * bytesPerElement(dtype)) / 4) * 4;
}

/** @throws ArgumentError where a buffer of `bufferSize` bytes cannot hold a job */
export function checkPlacement(
  { range: { count }, dtype, byteOffset }: Pick<Job, 'range' | 'dtype' | 'byteOffset'>,
  bufferSize: number,
): void {
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

/** The first element of the block that an element lies in. */
export function firstOfBlock(element: number): number {
  return alignDown(element, 4);
}

function alignDown(value: number, alignment: number): number {
  return value - (value % alignment);
}
