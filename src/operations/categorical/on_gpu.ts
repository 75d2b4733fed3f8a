import { Owned } from '../../backends/gpu/device/owned';
import { guarded } from '../../backends/gpu/device/scope';
import { keyBuffer } from '../gpu/key_buffer';
import { GpuOutput, upload } from '../gpu/memory';
import { OperationPipelines } from '../gpu/pipelines';
import { recordCalls } from '../gpu/program';
import { categoricalCalls, kernelsOf } from './gpu';
import { checkCategorical, type Destined, type LogitsOptions, resultShape } from './options';
import { placesOnGpu } from './places';

export { prepareChoice } from './prepared';

/** Chooses a column of each row on a GPU. */
export async function categoricalOnGpu(
  device: GPUDevice,
  logits: unknown,
  given: LogitsOptions & Destined,
): Promise<GpuOutput> {
  const asked = checkCategorical(given);
  const { byteOffset } = asked;
  const { buffer } = given;
  const { host, dtype, rows, plan } = placesOnGpu(device, asked, logits, buffer);
  await OperationPipelines.of(device).prepare(kernelsOf(asked, dtype, plan));
  const shape = resultShape(asked, rows);
  const output =
    buffer === undefined
      ? await GpuOutput.allocate(device, shape, 'uint32')
      : new GpuOutput(device, shape, 'uint32', buffer as GPUBuffer, byteOffset, false);
  const owned = new Owned();
  try {
    await guarded(device, 'choosing', () => {
      const places = {
        logits: host === undefined ? (logits as GPUBuffer) : upload(device, host.patterns, owned),
        key: keyBuffer(device, asked.key, owned),
        output: output.buffer,
        outputOffset: output.byteOffset,
      };
      const calls = categoricalCalls(device, asked, dtype, plan, places, owned);
      const encoder = device.createCommandEncoder({ label: 'tensorseed categorical' });
      const pass = encoder.beginComputePass();
      recordCalls(device, calls, owned).replay(pass);
      pass.end();
      device.queue.submit([encoder.finish()]);
    });
  } catch (error) {
    output.destroy();
    throw error;
  } finally {
    owned.destroy(); // The commands are submitted, and keep what they need.
  }
  return output;
}
