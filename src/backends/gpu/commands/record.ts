import { COPY_DST } from '../device/buffer';
import type { Dispatch } from './dispatches';
import { Pipelines, variantOf } from '../pipelines/pipelines';
import { type Command, Recording } from './recording';
import { ROWS, rowsOf } from './rows';
import { paramsOf } from '../pipelines/struct';

const UNIFORM = 0x40; // GPUBufferUsage; the global is missing where the caller brings its own WebGPU

/** The parameters of a row in a uniform: as much as every kernel's need. */
export const ROW_BYTES = 96;

/** Where the rows of a dispatch may begin in a uniform: WebGPU's default minUniformBufferOffsetAlignment. */
export const OFFSET_ALIGNMENT = 256;

/** Dispatches and their parameters, which live as long as the commands do. */
export interface Recorded {
  readonly recording: Recording;
  readonly uniforms: GPUBuffer;
}

/** Makes all that dispatches need. */
export function record(device: GPUDevice, dispatches: readonly Dispatch[]): Recorded {
  const rows = rowsOf(dispatches);
  const parameters = parametersOf(rows);
  const uniforms = createUniforms(device, parameters.words, 1);
  return { recording: new Recording(commandsOf(device, rows, parameters, uniforms)), uniforms };
}

/** What a uniform holds. */
export interface ParameterWords {
  /** Whole alignments, and as much after the last dispatch's rows as its binding reaches. */
  readonly words: Uint32Array<ArrayBuffer>;
  /** Where each row of each dispatch begins, in bytes. */
  readonly offsets: readonly (readonly number[])[];
}

export function parametersOf(dispatches: readonly (readonly Dispatch[])[]): ParameterWords {
  let end = 0;
  let last = 0;
  const offsets = dispatches.map((rows) => {
    last = end;
    end += align(rows.length * ROW_BYTES);
    return rows.map((_, row) => last + row * ROW_BYTES);
  });
  const words = new Uint32Array(align(last + ROWS * ROW_BYTES) / 4);
  dispatches.forEach((rows, i) => {
    rows.forEach(({ job, step }, row) => {
      paramsOf(job.params, job.key, job.dtype, step).forEach(
        ([, word], k) => (words[offsets[i][row] / 4 + k] = word),
      );
    });
  });
  return { words, offsets };
}

function align(bytes: number): number {
  return Math.ceil(bytes / OFFSET_ALIGNMENT) * OFFSET_ALIGNMENT;
}

/** A buffer that holds the same words so many times. */
export function createUniforms(device: GPUDevice, words: Uint32Array, slots: number): GPUBuffer {
  const size = words.byteLength * slots;
  const uniforms = device.createBuffer({
    label: 'tensorseed parameters',
    size,
    usage: UNIFORM | COPY_DST,
    mappedAtCreation: true,
  });
  const mapped = new Uint32Array(uniforms.getMappedRange());
  for (let slot = 0; slot < slots; slot++) mapped.set(words, slot * words.length);
  uniforms.unmap();
  return uniforms;
}

export function commandsOf(
  device: GPUDevice,
  dispatches: readonly (readonly Dispatch[])[],
  { offsets }: ParameterWords,
  uniforms: GPUBuffer,
): Command[] {
  const pipelines = Pipelines.of(device);
  const groups = new BindGroups(device, uniforms);
  return dispatches.map((rows, i) => {
    const [{ job, step }] = rows;
    return {
      pipeline: pipelines.get(variantOf(job.params, job.dtype, step)),
      bindGroup: groups.of(rows[0]),
      offset: offsets[i][0],
      workgroups: [Math.max(...rows.map(({ step }) => step.workgroups)), rows.length],
    };
  });
}

/** The bind groups of dispatches with parameters in one buffer, one for each range that they write to. */
class BindGroups {
  /** Of each buffer, or matrix that is read: it belongs to one job, and so to one buffer. */
  private readonly made = new Map<GPUBuffer, Map<string, GPUBindGroup>>();

  constructor(
    private readonly device: GPUDevice,
    private readonly uniforms: GPUBuffer,
  ) {}

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
          { binding: 1, resource: { buffer: this.uniforms, size: ROWS * ROW_BYTES } },
          ...(matrix === undefined ? [] : [{ binding: 2, resource: { buffer: matrix } }]),
        ],
      });
      ofOwner.set(range, group);
    }
    return group;
  }
}
