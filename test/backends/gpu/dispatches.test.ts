import { expect, it } from 'vitest';
import { planOn } from '../../../src/backends/gpu/commands/device_plan';
import { resolveRequest } from '../../../src/jobs/resolve';

const limits = {
  maxStorageBufferBindingSize: 2 ** 27,
  minStorageBufferOffsetAlignment: 256,
  maxComputeWorkgroupsPerDimension: 65535,
};

function workgroups(adapterInfo: object | undefined, elements: number): number {
  const job = resolveRequest({ initializer: 'random_normal', shape: [elements], seed: 1 });
  const [{ workgroups }, ...more] = planOn({ limits, adapterInfo } as unknown as GPUDevice, job, {
    size: 4 * elements,
  } as GPUBuffer);
  expect(more).toEqual([]);
  return workgroups;
}

it('keeps a GPU busy before its invocations take several groups; a software driver needs no more than a few workgroups', () => {
  const gpu = { vendor: 'nvidia', architecture: 'hopper', device: '', description: '' };
  const lavapipe = {
    vendor: 'mesa',
    architecture: 'software',
    device: 'llvmpipe-llvm-15-0-6-256-bits-',
    description: '',
  };
  expect(workgroups(gpu, 2 ** 20)).toBe(4096); // 2^18 groups, one an invocation
  expect(workgroups(gpu, 2 ** 24)).toBe(8192); // eight
  expect(workgroups(lavapipe, 2 ** 20)).toBe(512);
  expect(workgroups(lavapipe, 2 ** 24)).toBe(8192);
  expect(workgroups(lavapipe, 2 ** 10)).toBe(4);
  expect(workgroups(undefined, 2 ** 20)).toBe(4096);
});
