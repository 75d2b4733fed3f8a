import { checkStorage } from '../gpu/memory';
import { OperationPipelines } from '../gpu/pipelines';
import { PreparedOperation } from '../gpu/prepared';
import { recordCalls } from '../gpu/program';
import { refuseBesideKeys } from '../key';
import { categoricalCalls, kernelsOf } from './gpu';
import { checkCategorical, type Destined, type LogitsOptions } from './options';
import { placesOnGpu } from './places';

/** Compiles a choice from logits without stalling the page, and reports what cannot be made. */
export async function prepareChoice(
  device: GPUDevice,
  logits: unknown,
  given: LogitsOptions & Destined,
): Promise<PreparedOperation> {
  const asked = checkCategorical(given);
  const { name, buffer, keys } = given;
  refuseBesideKeys(keys, given);
  checkStorage(device, 'logits', logits);
  checkStorage(device, 'buffer', buffer);
  const { dtype, plan } = placesOnGpu(device, asked, logits, buffer);
  await OperationPipelines.of(device).prepare(kernelsOf(asked, dtype, plan));
  return PreparedOperation.create(device, { key: asked.key, name, keys }, (key, owned) => {
    const places = {
      logits: logits as GPUBuffer,
      key,
      output: buffer as GPUBuffer,
      outputOffset: asked.byteOffset,
    };
    return recordCalls(device, categoricalCalls(device, asked, dtype, plan, places, owned), owned);
  });
}
