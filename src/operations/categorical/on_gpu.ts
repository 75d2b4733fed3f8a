import { checkEncoder } from '../../backends/gpu/prepared';
import { guarded } from '../../backends/gpu/device/scope';
import { Owned } from '../../backends/gpu/device/owned';
import { bytesPerElement } from '../../core/dtype';
import { checkStorage, GpuOutput, upload } from '../gpu/memory';
import { OperationPipelines } from '../gpu/pipelines';
import { recordCalls } from '../gpu/program';
import { checkPlace, hostElements } from '../memory';
import { categoricalCalls, kernelsOf, keyBuffer } from './gpu';
import { type Categorical, LOGITS_DTYPES, type LogitsDtype, rowsOf } from './options';
import { planCategorical } from './plan';

export { checkEncoder };

/** Chooses a column of each row on a GPU. */
export async function categoricalOnGpu(
  device: GPUDevice,
  asked: Categorical,
  logits: unknown,
  buffer: unknown,
  byteOffset: number,
): Promise<GpuOutput> {
  const host = ArrayBuffer.isView(logits)
    ? hostElements('logits', logits, asked.dtype, LOGITS_DTYPES)
    : undefined;
  const dtype = (host === undefined ? (asked.dtype ?? 'float32') : host.dtype) as LogitsDtype;
  const size = bytesPerElement(dtype);
  const bytes = host === undefined ? checkStorage(device, 'logits', logits) : host.patterns.byteLength;
  const offset = host === undefined ? checkPlace('logitsOffset', asked.logitsOffset, 0, dtype, bytes) : 0;
  const rows = rowsOf(asked, Math.floor((bytes - offset) / size));
  const plan = planCategorical(
    rows,
    asked.vocabulary,
    dtype,
    offset,
    Math.ceil(bytes / 4) * 4,
    device.limits,
  );
  if (buffer !== undefined)
    checkPlace('byteOffset', byteOffset, rows, 'uint32', checkStorage(device, 'buffer', buffer));
  const output =
    buffer === undefined
      ? await GpuOutput.allocate(device, [rows], 'uint32')
      : new GpuOutput(device, [rows], 'uint32', buffer as GPUBuffer, byteOffset, false);
  try {
    await OperationPipelines.of(device).prepare(kernelsOf(asked, dtype, plan));
    await guarded(device, 'choosing', () => {
      const owned = new Owned();
      try {
        const buffers = {
          logits: host === undefined ? (logits as GPUBuffer) : upload(device, host.patterns, owned),
          key: keyBuffer(device, asked.key, owned),
          output: output.buffer,
          outputOffset: output.byteOffset,
        };
        const calls = categoricalCalls(device, asked, dtype, plan, buffers, owned);
        const encoder = device.createCommandEncoder({ label: 'tensorseed categorical' });
        const pass = encoder.beginComputePass();
        recordCalls(device, calls, owned).replay(pass);
        pass.end();
        device.queue.submit([encoder.finish()]);
      } finally {
        owned.destroy(); // The commands are submitted, and keep what they need.
      }
    });
  } catch (error) {
    output.destroy();
    throw error;
  }
  return output;
}
