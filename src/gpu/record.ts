import { COPY_DST } from './buffer';
import type { Dispatch } from './dispatches';
import { Pipelines, variantOf } from './pipelines';
import { type Command, Recording } from './recording';
import { ROWS, rowsOf } from './rows';
import { paramsOf } from './struct';

const UNIFORM = 0x40; // GPUBufferUsage; the global is missing where the caller brings its own WebGPU

/** From one row's parameters to the next, and as much as every kernel's need. */
export const PARAMETER_BYTES = 256;

/** Dispatches and their parameters, which live as long as the commands do. */
export interface Recorded {
  readonly recording: Recording;
  readonly uniforms: GPUBuffer;
}

/** Makes all that dispatches need. */
export function record(device: GPUDevice, dispatches: readonly Dispatch[]): Recorded {
  const rows = rowsOf(dispatches);
  const uniforms = createUniforms(device, parametersOf(rows), 1);
  return { recording: new Recording(commandsOf(device, rows, uniforms)), uniforms };
}

/** The parameters of all rows, PARAMETER_BYTES apart. */
export function parametersOf(dispatches: readonly (readonly Dispatch[])[]): Uint32Array<ArrayBuffer> {
  const rows = dispatches.flat();
  const words = new Uint32Array((rows.length * PARAMETER_BYTES) / 4);
  rows.forEach(({ job, step }, index) => {
    paramsOf(job.params, job.key, job.dtype, step).forEach(([, word], i) => (words[(index * PARAMETER_BYTES) / 4 + i] = word));
  });
  return words;
}

/** A buffer that holds the same parameters so many times, and as much after them as a binding may reach. */
export function createUniforms(device: GPUDevice, words: Uint32Array, slots: number): GPUBuffer {
  const size = words.byteLength * slots + ROWS * PARAMETER_BYTES;
  const uniforms = device.createBuffer({ label: 'tensorseed parameters', size, usage: UNIFORM | COPY_DST, mappedAtCreation: true });
  const mapped = new Uint32Array(uniforms.getMappedRange());
  for (let slot = 0; slot < slots; slot++) mapped.set(words, slot * words.length);
  uniforms.unmap();
  return uniforms;
}

export function commandsOf(device: GPUDevice, dispatches: readonly (readonly Dispatch[])[], uniforms: GPUBuffer): Command[] {
  const pipelines = Pipelines.of(device);
  const groups = new BindGroups(device, uniforms);
  let next = 0;
  return dispatches.map((rows) => {
    const [{ job, step }] = rows;
    const offset = next * PARAMETER_BYTES;
    next += rows.length;
    return {
      pipeline: pipelines.get(variantOf(job.params, job.dtype, step)),
      bindGroup: groups.of(rows[0]),
      offset,
      workgroups: [Math.max(...rows.map(({ step }) => step.workgroups)), rows.length],
    };
  });
}

/** The bind groups of dispatches with parameters in one buffer, one for each range that they write to. */
class BindGroups {
  /** Of each buffer, or matrix that is read: it belongs to one job, and so to one buffer. */
  private readonly made = new Map<GPUBuffer, Map<string, GPUBindGroup>>();

  constructor(private readonly device: GPUDevice, private readonly uniforms: GPUBuffer) {}

  of({ buffer, matrix, step }: Dispatch): GPUBindGroup {
    const owner = matrix === undefined ? buffer : matrix;
    let ofOwner = this.made.get(owner);
    if (ofOwner === undefined) this.made.set(owner, (ofOwner = new Map()));
    const { bindingOffset: offset, bindingSize: size } = step;
    // The matrix itself is a buffer that normals are written to, without a matrix.
    const range = `${matrix === undefined ? 'to' : 'from'} ${offset} ${size}`;
    let group = ofOwner.get(range);
    if (group === undefined) {
      const { bindGroupLayout, matrixBindGroupLayout } = Pipelines.of(this.device);
      group = this.device.createBindGroup({
        label: 'tensorseed',
        layout: matrix === undefined ? bindGroupLayout : matrixBindGroupLayout,
        entries: [
          { binding: 0, resource: { buffer, offset, size } },
          { binding: 1, resource: { buffer: this.uniforms, size: ROWS * PARAMETER_BYTES } },
          ...(matrix === undefined ? [] : [{ binding: 2, resource: { buffer: matrix } }]),
        ],
      });
      ofOwner.set(range, group);
    }
    return group;
  }
}
