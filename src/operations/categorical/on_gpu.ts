import { keyBuffer } from '../gpu/key_buffer';
import { type GpuOutput, upload } from '../gpu/memory';
import { OperationPipelines } from '../gpu/pipelines';
import { recordCalls } from '../gpu/program';
import { computeInto, replayInPass } from '../gpu/submit';
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
  const place = { shape: resultShape(asked, rows), dtype: 'uint32', buffer, byteOffset } as const;
  return computeInto(device, 'choosing', 'tensorseed categorical', place, (encoder, output, owned) => {
    const places = {
      logits: host === undefined ? (logits as GPUBuffer) : upload(device, host.patterns, owned),
      key: keyBuffer(device, asked.key, owned),
      output: output.buffer,
      outputOffset: output.byteOffset,
    };
    replayInPass(
      encoder,
      recordCalls(device, categoricalCalls(device, asked, dtype, plan, places, owned), owned),
    );
  });
}
