import type { Job } from '../../../jobs/job';
import { FULL_WORKGROUPS, GROUPS_PER_DISPATCH, plan, type Step } from '../../../jobs/plan';
import { isSoftware } from '../device/adapter_kind';
import { WORKGROUP_SIZE } from '../pipelines/pipelines';

/** One dispatch of a job and the buffer that it writes. */
export interface Dispatch {
  readonly job: Job;
  readonly step: Step;
  readonly buffer: GPUBuffer;
  /** What an orthogonal job takes its elements from. */
  readonly matrix?: GPUBuffer;
}

/** The dispatches of a job on this device. */
export function planOn(device: GPUDevice, job: Job, byteOffset: number, bufferSize: number): Step[] {
  return plan({
    range: job.range,
    dtype: job.dtype,
    byteOffset,
    bufferSize,
    workgroupSize: WORKGROUP_SIZE,
    groupsPerDispatch: Math.ceil(GROUPS_PER_DISPATCH / attemptsOf(job)),
    // Not every implementation has a device's adapterInfo.
    fullWorkgroups: isSoftware(device.adapterInfo as GPUAdapterInfo | undefined)
      ? FULL_WORKGROUPS.software
      : FULL_WORKGROUPS.gpu,
    limits: device.limits,
  });
}

/** How long a dispatch is, at most about 1: the longest that a plan allows. */
export function workOf({ job, step }: Dispatch): number {
  return (step.groups * attemptsOf(job)) / GROUPS_PER_DISPATCH;
}

function attemptsOf({ params }: Job): number {
  return 'attempts' in params ? params.attempts : 1;
}
