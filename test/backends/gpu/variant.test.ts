import { expect, it } from 'vitest';
import { planOn } from '../../../src/backends/gpu/commands/device_plan';
import { variantOf } from '../../../src/backends/gpu/pipelines/variant';
import { resolveRequest } from '../../../src/jobs/resolve';

const limits = {
  maxStorageBufferBindingSize: 2 ** 27,
  minStorageBufferOffsetAlignment: 256,
  maxComputeWorkgroupsPerDimension: 65535,
};

it.each([
  [0, 2 ** 20, 0],
  [2 ** 34 - 2 ** 20, 2 ** 20 - 16, 0],
  [2 ** 34 - 2 ** 20, 2 ** 20, 1], // The last slots would span two blocks if the first did.
  [2 ** 34 - 2 ** 20 + 1, 2 ** 20, 1],
  [2 ** 34 - 4, 8, 1],
  [2 ** 34, 2 ** 20, 0],
  [2 ** 50 - 12, 24, 1],
])('from element %d on, %d elements have CARRY %d', (start, count, carry) => {
  const job = resolveRequest({
    initializer: 'random_normal',
    shape: [2 ** 52],
    seed: 1,
    range: { start, count },
  });
  const dispatches = planOn({ limits } as unknown as GPUDevice, job, { size: 4 * count } as GPUBuffer);
  const bodies = dispatches.filter(({ variant }) => variant === 'body');
  expect(bodies.map((dispatch) => variantOf(dispatch).constants.CARRY)).toEqual([carry]);
});

it('edges have CARRY, because one may begin before element 0', () => {
  const job = resolveRequest({ initializer: 'random_normal', shape: [9], seed: 1 });
  const dispatches = planOn({ limits } as unknown as GPUDevice, { ...job, byteOffset: 4 }, {
    size: 64,
  } as GPUBuffer);
  const edges = dispatches.filter(({ variant }) => variant === 'edge');
  expect(edges.length).toBeGreaterThan(0);
  for (const edge of edges) expect(variantOf(edge).constants.CARRY).toBe(1);
});
