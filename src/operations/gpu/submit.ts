import { Owned } from '../../backends/gpu/device/owned';
import { guarded } from '../../backends/gpu/device/scope';
import type { Dtype } from '../../core/dtype';
import type { Shape } from '../../core/shape';
import type { Recording } from '../../backends/gpu/commands/recording';
import { GpuOutput } from './memory';

/** Encodes commands. What they need beside the caller's buffers is in `owned`. */
export type Encode = (encoder: GPUCommandEncoder, owned: Owned) => void;

/** Replays a recording in a pass of its own. */
export function replayInPass(encoder: GPUCommandEncoder, recording: Recording): void {
  const pass = encoder.beginComputePass();
  recording.replay(pass);
  pass.end();
}

/** Submits commands, and frees what they needed. */
export function submitCommands(device: GPUDevice, label: string, encode: Encode): void {
  const owned = new Owned();
  try {
    const encoder = device.createCommandEncoder({ label });
    encode(encoder, owned);
    device.queue.submit([encoder.finish()]);
  } finally {
    owned.destroy(); // The commands are submitted, and keep what they need.
  }
}

/** Where a result goes: the caller's buffer, or one that is made. */
export interface ResultPlace {
  readonly shape: Shape;
  readonly dtype: Dtype;
  readonly buffer: unknown;
  readonly byteOffset: number;
}

/**
 * Computes a result.
 * @param what is done, for messages
 * @param encode encodes commands that write the result into the output
 * @throws DeviceError where the device was lost, has no memory left or reports a fault
 */
export async function computeInto(
  device: GPUDevice,
  what: string,
  label: string,
  { shape, dtype, buffer, byteOffset }: ResultPlace,
  encode: (encoder: GPUCommandEncoder, output: GpuOutput, owned: Owned) => void,
): Promise<GpuOutput> {
  const output =
    buffer === undefined
      ? await GpuOutput.allocate(device, shape, dtype)
      : new GpuOutput(device, shape, dtype, buffer as GPUBuffer, byteOffset, false);
  try {
    await guarded(device, what, () =>
      submitCommands(device, label, (encoder, owned) => encode(encoder, output, owned)),
    );
  } catch (error) {
    output.destroy();
    throw error;
  }
  return output;
}
