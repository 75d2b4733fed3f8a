import { expect, it } from 'vitest';
import { planOn } from '../../../src/backends/gpu/commands/device_plan';
import { lacksShadersOf, loadShaders } from '../../../src/backends/gpu/pipelines/loaded_shaders';
import { variantOf } from '../../../src/backends/gpu/pipelines/variant';
import type { Dtype } from '../../../src/core/dtype';
import type { Job } from '../../../src/jobs/job';
import { resolveRequest } from '../../../src/jobs/resolve';

const device = {
  limits: {
    maxStorageBufferBindingSize: 2 ** 27,
    minStorageBufferOffsetAlignment: 256,
    maxComputeWorkgroupsPerDimension: 65535,
  },
} as unknown as GPUDevice;

const jobOf = (dtype: Dtype): Job =>
  resolveRequest({ initializer: 'random_normal', shape: [64], seed: 1, dtype });

const kernelsOf = (job: Job): string[] =>
  planOn(device, job, { size: 256 } as GPUBuffer).map((dispatch) => variantOf(dispatch).kernel);

it('takes the kernel for halves once it is loaded, and until then the one for all dtypes', async () => {
  const halves = jobOf('bfloat16');
  expect(lacksShadersOf([jobOf('float32')])).toBe(false);
  expect(lacksShadersOf([jobOf('float32'), halves])).toBe(true);
  expect(kernelsOf(halves)).toEqual(['normal']);

  await loadShaders([halves]);
  expect(lacksShadersOf([halves])).toBe(false);
  expect(kernelsOf(halves)).toEqual(['normal_half']);
  expect(kernelsOf(jobOf('float32'))).toEqual(['normal']);
});
