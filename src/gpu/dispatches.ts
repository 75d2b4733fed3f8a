import type { Job } from '../job';
import { FULL_WORKGROUPS, GROUPS_PER_DISPATCH, plan, type Step } from '../plan';
import { WORKGROUP_SIZE } from './pipelines';

/** The dispatches of a job on this device. */
export function planOn(device: GPUDevice, job: Job, byteOffset: number, bufferSize: number): Step[] {
  const attempts = 'attempts' in job.params ? job.params.attempts : 1;
  return plan({
    range: job.range,
    dtype: job.dtype,
    byteOffset,
    bufferSize,
    workgroupSize: WORKGROUP_SIZE,
    groupsPerDispatch: Math.ceil(GROUPS_PER_DISPATCH / attempts),
    fullWorkgroups: FULL_WORKGROUPS,
    limits: device.limits,
  });
}
