import { ArgumentError, show } from '../../core/errors';
import { checkStorage } from '../gpu/memory';
import { OperationPipelines } from '../gpu/pipelines';
import { PreparedOperation, type PreparedSource } from '../gpu/prepared';
import { elementKernels, elementPlaces, recordElements } from './gpu';
import type { Operation } from './operation';
import type { Elements } from './options';

/** Compiles an operation on elements without stalling the page, and reports what cannot be made. */
export async function prepareElements(
  device: GPUDevice,
  operation: Operation,
  source: PreparedSource,
  asked: Elements,
  input: unknown,
): Promise<PreparedOperation> {
  const places = elementPlaces(device, asked, input);
  if (places.host !== undefined)
    throw new ArgumentError(`input must be a GPUBuffer to be prepared, got ${show(input)}`);
  checkStorage(device, 'buffer', asked.buffer);
  const kernels = elementKernels(await operation.code(), operation, places);
  await OperationPipelines.of(device).prepare(kernels);
  return PreparedOperation.create(device, source, (key, owned) => {
    const buffers = { key, output: asked.buffer as GPUBuffer, input: input as GPUBuffer };
    return recordElements(device, operation, places, kernels, buffers, owned);
  });
}
