import type { Job } from '../../../jobs/job';
import { type Dispatch, FULL_WORKGROUPS, GROUPS_PER_DISPATCH, plan } from '../../../jobs/plan';
import { isSoftware } from '../device/adapter_kind';
import { WORKGROUP_SIZE } from '../pipelines/variant';

/**
 * The dispatches of a job on a device.
 * @param operand the buffer that its kernels read beside their parameters, if there is one
 */
export function planOn(device: GPUDevice, job: Job, buffer: GPUBuffer, operand?: GPUBuffer): Dispatch[] {
  return plan(job, buffer, operand, {
    workgroupSize: WORKGROUP_SIZE,
    groupsPerDispatch: GROUPS_PER_DISPATCH,
    // Not every implementation has a device's adapterInfo.
    fullWorkgroups: isSoftware(device.adapterInfo as GPUAdapterInfo | undefined)
      ? FULL_WORKGROUPS.software
      : FULL_WORKGROUPS.gpu,
    limits: device.limits,
  });
}
