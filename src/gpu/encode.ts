import type { Job } from '../job';
import type { Step } from '../plan';
import { Pipelines, variantOf } from './pipelines';
import { paramsOf } from './struct';

export type Encoder = GPUCommandEncoder | GPUComputePassEncoder;

/**
 * Encodes dispatches into the caller's encoder or compute pass: nothing is submitted, written
 * to a queue or waited for. The uniform buffer it makes lives as long as the commands do.
 * @param matrix what an orthogonal job takes its elements from
 */
export function encodeSteps(
  device: GPUDevice, encoder: Encoder, job: Job, buffer: GPUBuffer, steps: readonly Step[], matrix?: GPUBuffer,
): GPUBuffer {
  const pipelines = Pipelines.of(device);
  const stride = Math.max(device.limits.minUniformBufferOffsetAlignment, 256);
  const uniforms = device.createBuffer({
    label: 'tensorseed parameters',
    size: stride * steps.length,
    usage: 0x40, // GPUBufferUsage.UNIFORM; the global is missing where the caller brings its own WebGPU
    mappedAtCreation: true,
  });
  const view = new DataView(uniforms.getMappedRange());
  const structSize = writeParams(view, job, steps, stride);
  uniforms.unmap();

  const pass = 'dispatchWorkgroups' in encoder ? encoder : encoder.beginComputePass({ label: 'tensorseed' });
  let bound: { offset: number; size: number; group: GPUBindGroup } | undefined;
  steps.forEach((step, index) => {
    if (bound === undefined || bound.offset !== step.bindingOffset || bound.size !== step.bindingSize) {
      const group = device.createBindGroup({
        label: 'tensorseed',
        layout: matrix === undefined ? pipelines.bindGroupLayout : pipelines.matrixBindGroupLayout,
        entries: [
          { binding: 0, resource: { buffer, offset: step.bindingOffset, size: step.bindingSize } },
          { binding: 1, resource: { buffer: uniforms, size: structSize } },
          ...(matrix === undefined ? [] : [{ binding: 2, resource: { buffer: matrix } }]),
        ],
      });
      bound = { offset: step.bindingOffset, size: step.bindingSize, group };
    }
    pass.setPipeline(pipelines.get(variantOf(job.params, job.dtype, step)));
    pass.setBindGroup(0, bound.group, [stride * index]);
    pass.dispatchWorkgroups(step.workgroups);
  });
  if (pass !== encoder) pass.end();
  return uniforms;
}

/** @returns the size of one struct in bytes, rounded as WGSL rounds a uniform's */
function writeParams(view: DataView, job: Job, steps: readonly Step[], stride: number): number {
  let members = 0;
  steps.forEach((step, index) => {
    const words = paramsOf(job.params, job.key, job.dtype, step);
    words.forEach(([, word], i) => view.setUint32(stride * index + 4 * i, word, true));
    members = words.length;
  });
  return Math.ceil((4 * members) / 16) * 16;
}
