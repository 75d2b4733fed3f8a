import type { Dispatch } from '../../../jobs/plan';
import type { Owned } from '../device/owned';
import { Pipelines } from '../pipelines/pipelines';
import { type Command, Recording } from './recording';
import { ROWS, rowsOf } from './rows';
import { createUniforms, type ParameterWords, parameterWords, ROW_BYTES } from './uniforms';

/** Commands, and the buffer with their parameters, which lives as long as they do. */
export interface Recorded {
  readonly recording: Recording;
  readonly uniforms: GPUBuffer;
}

/** Makes all GPU objects that dispatches need. */
export function record(device: GPUDevice, dispatches: readonly Dispatch[], owned: Owned): Recorded {
  const rows = rowsOf(dispatches);
  const parameters = parameterWords(rows);
  const uniforms = createUniforms(device, parameters.words, 1, owned);
  return { recording: new Recording(commandsOf(device, rows, parameters, uniforms)), uniforms };
}

export function commandsOf(
  device: GPUDevice,
  dispatches: readonly (readonly Dispatch[])[],
  { offsets }: ParameterWords,
  uniforms: GPUBuffer,
): Command[] {
  const pipelines = Pipelines.of(device);
  const groups = new BindGroups(device, uniforms);
  return dispatches.map((rows, i) => ({
    pipeline: pipelines.get(rows[0]),
    bindGroup: groups.of(rows[0]),
    offset: offsets[i][0],
    workgroups: [Math.max(...rows.map(({ workgroups }) => workgroups)), rows.length],
  }));
}

/**
 * The bind groups of dispatches whose parameters are in one buffer: one for each range that they write to.
 */
class BindGroups {
  /**
   * The bind groups by their buffer, or by the operand that they read. An operand belongs to one job, and so
   * to one buffer.
   */
  private readonly made = new Map<GPUBuffer, Map<string, GPUBindGroup>>();

  constructor(
    private readonly device: GPUDevice,
    private readonly uniforms: GPUBuffer,
  ) {}

  of({ buffer, operand, bindingOffset: offset, bindingSize: size }: Dispatch): GPUBindGroup {
    const owner = operand === undefined ? buffer : operand;
    let ofOwner = this.made.get(owner);
    if (ofOwner === undefined) this.made.set(owner, (ofOwner = new Map()));
    // An operand is also a buffer that is written to, and the dispatches that write it have no operand.
    const range = `${operand === undefined ? 'to' : 'from'} ${offset} ${size}`;
    let group = ofOwner.get(range);
    if (group === undefined) {
      const { bindGroupLayout, operandBindGroupLayout } = Pipelines.of(this.device);
      group = this.device.createBindGroup({
        label: 'tensorseed',
        layout: operand === undefined ? bindGroupLayout : operandBindGroupLayout,
        entries: [
          { binding: 0, resource: { buffer, offset, size } },
          { binding: 1, resource: { buffer: this.uniforms, size: ROWS * ROW_BYTES } },
          ...(operand === undefined ? [] : [{ binding: 2, resource: { buffer: operand } }]),
        ],
      });
      ofOwner.set(range, group);
    }
    return group;
  }
}
