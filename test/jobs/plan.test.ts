import { describe, expect, it } from 'vitest';
import { bytesPerElement, type Dtype } from '../../src/core/dtype';
import type { Range } from '../../src/core/shape';
import {
  type Dispatch,
  GROUP_BYTES,
  GROUPS_PER_INVOCATION,
  plan,
  type PlanDevice,
} from '../../src/jobs/plan';
import { Key } from '../../src/streams/key';

/** A job, its buffer and its device. */
interface PlanRequest extends PlanDevice {
  readonly range: Range;
  readonly dtype: Dtype;
  readonly byteOffset: number;
  readonly bufferSize: number;
}

function planOf({ range, dtype, byteOffset, bufferSize, ...device }: PlanRequest): Dispatch[] {
  const stretches = [{ params: { kernel: 'bits' } as const, range }];
  const job = { range, dtype, key: Key.from(0), stretches, byteOffset };
  return plan(job, { size: bufferSize } as GPUBuffer, undefined, device);
}

/** The smallest of everything, so that a few hundred elements pass every limit. */
const TINY = {
  workgroupSize: 2,
  groupsPerDispatch: 1000,
  fullWorkgroups: 1000,
  limits: {
    maxStorageBufferBindingSize: 128,
    minStorageBufferOffsetAlignment: 32,
    maxComputeWorkgroupsPerDimension: 3,
  },
};

function request(overrides: Partial<PlanRequest>): PlanRequest {
  return {
    range: { start: 0, count: 1 },
    dtype: 'float32',
    byteOffset: 0,
    bufferSize: 1 << 20,
    ...TINY,
    ...overrides,
  };
}

/**
 * Which element each place of the buffer gets, by what dispatch.wgsl says of a step. Fails where two steps
 * write one place.
 */
function written(steps: readonly Dispatch[], dtype: Dtype): Map<number, number> {
  const size = bytesPerElement(dtype);
  const perGroup = GROUP_BYTES / size;
  const places = new Map<number, number>();
  for (const step of steps) {
    const firstPlace = (step.bindingOffset + step.base * GROUP_BYTES) / size;
    for (let slot = 0; slot < step.groups * perGroup; slot++) {
      if (step.variant === 'edge' && (slot < step.first || slot >= step.end)) continue;
      const place = firstPlace + slot;
      expect(places.has(place), `place ${place} written twice`).toBe(false);
      expect((place + 1) * size).toBeLessThanOrEqual(step.bindingOffset + step.bindingSize);
      places.set(place, step.element + slot);
    }
  }
  return places;
}

function expectExact(overrides: Partial<PlanRequest>): Dispatch[] {
  const asked = request(overrides);
  const steps = planOf(asked);
  const { limits, workgroupSize } = asked;
  for (const step of steps) {
    expect(step.bindingOffset % limits.minStorageBufferOffsetAlignment).toBe(0);
    expect(step.bindingSize).toBeLessThanOrEqual(limits.maxStorageBufferBindingSize);
    expect(step.bindingSize % 4).toBe(0);
    expect(step.bindingOffset + step.bindingSize).toBeLessThanOrEqual(asked.bufferSize);
    expect(step.workgroups).toBeLessThanOrEqual(limits.maxComputeWorkgroupsPerDimension);
    expect(step.groups).toBeLessThanOrEqual(asked.groupsPerDispatch);
    expect(step.workgroups * workgroupSize * GROUPS_PER_INVOCATION).toBeGreaterThanOrEqual(step.groups);
    expect(step.end).toBeLessThan(2 ** 32);
  }
  const places = written(steps, asked.dtype);
  const from = asked.byteOffset / bytesPerElement(asked.dtype);
  expect(places.size).toBe(asked.range.count);
  for (let i = 0; i < asked.range.count; i++) expect(places.get(from + i)).toBe(asked.range.start + i);
  return steps;
}

describe('plan', () => {
  it('is empty for no elements', () => {
    expect(planOf(request({ range: { start: 5, count: 0 } }))).toEqual([]);
  });

  it('writes each place once, with its own element, for every small count, offset and start', () => {
    for (const dtype of ['float32', 'float16'] as const) {
      const size = bytesPerElement(dtype);
      for (let count = 1; count <= 20; count++) {
        for (let offset = 0; offset < 10; offset++) {
          for (const start of [0, 1, 2, 3, 7]) {
            expectExact({ dtype, range: { start, count }, byteOffset: offset * size });
          }
        }
      }
    }
  });

  it.each(['float32', 'float16'] as const)('holds at N - 1, N and N + 1 around every limit, %s', (dtype) => {
    const perGroup = GROUP_BYTES / bytesPerElement(dtype);
    const binding = (TINY.limits.maxStorageBufferBindingSize / GROUP_BYTES) * perGroup;
    const workgroups = TINY.limits.maxComputeWorkgroupsPerDimension * TINY.workgroupSize * perGroup;
    const dispatch = workgroups * GROUPS_PER_INVOCATION;
    const wideBinding = { ...TINY.limits, maxStorageBufferBindingSize: 2 ** 20 };
    for (const limits of [TINY.limits, wideBinding]) {
      for (const limit of [
        perGroup,
        TINY.workgroupSize * perGroup,
        workgroups,
        dispatch,
        binding,
        2 * binding,
        5 * binding,
      ]) {
        for (const count of [limit - 1, limit, limit + 1]) {
          for (const byteOffset of [0, 4, 16, 20, 32, 36])
            expectExact({ dtype, range: { start: 0, count }, byteOffset, limits });
        }
      }
    }
  });

  it('cuts where one binding, one dispatch, and a dispatch of bounded time end', () => {
    const elements = (groups: number): Partial<PlanRequest> => ({ range: { start: 0, count: 4 * groups } });
    const wideBinding = { ...TINY.limits, maxStorageBufferBindingSize: 2 ** 20 };
    const roomy = { ...wideBinding, maxComputeWorkgroupsPerDimension: 65535 };
    expect(expectExact({ ...elements(9) }).map((step) => [step.bindingOffset, step.groups])).toEqual([
      [0, 8],
      [128, 1],
    ]);
    expect(
      expectExact({ ...elements(50), limits: wideBinding }).map((step) => [step.workgroups, step.groups]),
    ).toEqual([
      [3, 48],
      [1, 2],
    ]);
    expect(
      expectExact({ ...elements(20), limits: roomy, groupsPerDispatch: 8 }).map((step) => step.groups),
    ).toEqual([8, 8, 4]);
  });

  it('gives an invocation one group until the GPU is full, then more, and no more than the limit', () => {
    const limits = {
      ...TINY.limits,
      maxStorageBufferBindingSize: 2 ** 20,
      maxComputeWorkgroupsPerDimension: 65535,
    };
    const workgroups = (groups: number): number[] =>
      expectExact({
        range: { start: 0, count: 4 * groups },
        limits,
        groupsPerDispatch: 2 ** 20,
        fullWorkgroups: 4,
      }).map((step) => step.workgroups);
    expect([1, 2, 3, 8, 9, 64, 65, 66, 100].map(workgroups)).toEqual([
      [1],
      [1],
      [2],
      [4],
      [4],
      [4],
      [5],
      [5],
      [7],
    ]);
  });

  it('reaches beyond 2^32 elements with the limits of a real device', () => {
    const limits = {
      maxStorageBufferBindingSize: 2 ** 31 - 4,
      minStorageBufferOffsetAlignment: 256,
      maxComputeWorkgroupsPerDimension: 65535,
    };
    const count = 2 ** 32 + 5;
    const steps = planOf(
      request({
        range: { start: 0, count },
        bufferSize: 4 * count,
        limits,
        workgroupSize: 64,
        groupsPerDispatch: 2 ** 22,
      }),
    );
    let next = 0;
    for (const step of steps) {
      expect(step.element + step.first).toBe(next);
      expect(step.bindingOffset + step.base * GROUP_BYTES).toBe(4 * step.element);
      expect(step.bindingSize).toBeLessThanOrEqual(limits.maxStorageBufferBindingSize);
      next = step.element + step.end;
    }
    expect(next).toBe(count);
  });

  it('keeps elements beyond 2^32 and at 10^12 apart', () => {
    for (const start of [2 ** 32 - 1, 2 ** 32 + 1, 10 ** 12])
      expectExact({ range: { start, count: 50 }, byteOffset: 4 });
  });

  it('refuses a buffer that is too small, and says how large it must be', () => {
    const small = { range: { start: 0, count: 5 }, dtype: 'float16', bufferSize: 11 } as const;
    expect(() => planOf(request(small))).toThrow(
      'buffer must have at least 12 bytes for 5 float16 elements at byteOffset 0, got 11',
    );
    expectExact({ ...small, bufferSize: 12 });
    expect(() => planOf(request({ ...small, bufferSize: 12, byteOffset: 4 }))).toThrow(/at least 16 bytes/);
  });

  it('refuses an offset between elements', () => {
    expect(() => planOf(request({ byteOffset: 2 }))).toThrow(
      'byteOffset must be a multiple of 4, the size of float32, got 2',
    );
    expect(() => planOf(request({ byteOffset: 3, dtype: 'bfloat16' }))).toThrow(
      'byteOffset must be a multiple of 2, the size of bfloat16, got 3',
    );
  });
});
