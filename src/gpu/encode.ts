import type { Job } from '../job';
import type { Step } from '../plan';
import { record } from './record';
import type { Encoder } from './recording';

/**
 * Encodes dispatches into the caller's encoder or compute pass: nothing is submitted, written
 * to a queue or waited for. The uniform buffer it makes lives as long as the commands do.
 * @param matrix what an orthogonal job takes its elements from
 */
export function encodeSteps(
  device: GPUDevice, encoder: Encoder, job: Job, buffer: GPUBuffer, steps: readonly Step[], matrix?: GPUBuffer,
): GPUBuffer {
  const { recording, uniforms } = record(device, steps.map((step) => ({ job, step, buffer, matrix })));
  recording.replay(encoder);
  return uniforms;
}
