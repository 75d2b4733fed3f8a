import { describe, expect, it } from 'vitest';
import { planOn } from '../../../src/backends/gpu/commands/device_plan';
import { variantOf } from '../../../src/backends/gpu/pipelines/variant';
import { ROWS, rowsOf } from '../../../src/backends/gpu/commands/rows';
import type { Dispatch } from '../../../src/jobs/plan';
import { resolveRequest } from '../../../src/jobs/resolve';
import type { Dtype } from '../../../src/core/dtype';

const device = {
  limits: {
    maxStorageBufferBindingSize: 2 ** 27,
    minStorageBufferOffsetAlignment: 256,
    maxComputeWorkgroupsPerDimension: 65535,
  },
} as unknown as GPUDevice;

const buffer = { size: 2 ** 28 } as GPUBuffer;

interface Tensor {
  initializer?: string;
  dtype?: Dtype;
  count: number;
  byteOffset: number;
  into?: GPUBuffer;
}

function dispatches(tensors: readonly Tensor[]): Dispatch[] {
  return tensors.flatMap(
    ({ initializer = 'random_normal', dtype = 'float32', count, byteOffset, into = buffer }) => {
      const job = resolveRequest({ initializer, shape: [count], seed: 1, dtype });
      return planOn(device, { ...job, byteOffset }, into);
    },
  );
}

/** Tensors of so many elements one after the other, on multiples of 256 bytes. */
function packed(counts: readonly number[], more: Partial<Tensor> = {}): Tensor[] {
  let end = 0;
  return counts.map((count) => {
    const byteOffset = Math.ceil(end / 256) * 256;
    end = byteOffset + 4 * count;
    return { count, byteOffset, ...more };
  });
}

function expectAlone(tensors: readonly Tensor[]): void {
  const all = dispatches(tensors);
  expect(rowsOf(all)).toEqual(all.map((dispatch) => [dispatch]));
}

describe('rowsOf', () => {
  it('has every dispatch as one row, among others of its pipeline, its binding and about its length', () => {
    const counts = Array.from({ length: 200 }, (_, i) => 1 + ((i * 7919) % 20000));
    const all = dispatches(
      packed(counts).map((tensor, i) => ({
        ...tensor,
        initializer: ['zeros', 'he_normal', 'uniform'][i % 3],
      })),
    );
    const made = rowsOf(all);
    expect(new Set(made.flat())).toEqual(new Set(all));
    expect(made.flat()).toHaveLength(all.length);
    expect(made.length).toBeLessThan(all.length / 4);
    for (const rows of made) {
      expect(rows.length).toBeLessThanOrEqual(ROWS);
      expect(new Set(rows.map((dispatch) => variantOf(dispatch).id)).size).toBe(1);
      expect(new Set(rows.map(({ bindingOffset }) => bindingOffset)).size).toBe(1);
      const workgroups = rows.map(({ workgroups }) => workgroups);
      expect(Math.max(...workgroups)).toBeLessThanOrEqual(2 * Math.min(...workgroups));
    }
  });

  it('takes so many rows, and no more', () => {
    const equal = (length: number): number[] =>
      rowsOf(dispatches(packed(Array<number>(length).fill(64)))).map((rows) => rows.length);
    expect(equal(1)).toEqual([1]);
    expect(equal(ROWS)).toEqual([ROWS]);
    expect(equal(2 * ROWS + 1)).toEqual([ROWS, ROWS, 1]);
  });

  it('has no more work in a dispatch than one may have; leaves alone what goes to another buffer and what lies in another binding', () => {
    expectAlone(packed([2 ** 24, 2 ** 24]));
    expect(rowsOf(dispatches(packed(Array<number>(5).fill(2 ** 22)))).map((rows) => rows.length)).toEqual([
      4, 1,
    ]);
    expectAlone([
      { count: 64, byteOffset: 0 },
      { count: 64, byteOffset: 0, into: { size: 256 } as GPUBuffer },
    ]);
    expectAlone([
      { count: 64, byteOffset: 0 },
      { count: 64, byteOffset: 2 ** 27 },
    ]);
  });

  it('keeps the order where two write the same bytes, or halves of one word', () => {
    expectAlone([
      { count: 64, byteOffset: 0 },
      { count: 64, byteOffset: 240 },
      { count: 64, byteOffset: 1024 },
    ]);
    expectAlone([
      { count: 3, byteOffset: 0, dtype: 'float16' },
      { count: 3, byteOffset: 6, dtype: 'float16' },
    ]);
    const apart = dispatches([
      { count: 4, byteOffset: 0, dtype: 'float16' },
      { count: 4, byteOffset: 8, dtype: 'float16' },
    ]);
    expect(rowsOf(apart)).toEqual([apart]);
  });
});
