/**
 * Operations for the kernels of a runtime, which wait for no promise. All that they need is imported, and their
 * commands are submitted when they return.
 */
import * as dropoutCode from '../../shaders/operations/dropout.wgsl';
import * as noiseCode from '../../shaders/operations/noise.wgsl';
import { fillReference } from '../backends/cpu/reference/fill';
import type { Owned } from '../backends/gpu/device/owned';
import { Health } from '../backends/gpu/device/health';
import { type Key, resolveRequest, Sampler } from '../sampler';
import { categoricalCalls } from './categorical/gpu';
import { checkCategorical, type LogitsOptions } from './categorical/options';
import { placesOnGpu } from './categorical/places';
import { RowChooser } from './categorical/reference';
import { dropoutOperation } from './dropout/operation';
import { elementKernels, elementPlaces, recordElements } from './elementwise/gpu';
import type { Operation, OperationCode } from './elementwise/operation';
import { checkElements } from './elementwise/options';
import { keyBuffer } from './gpu/key_buffer';
import { recordCalls } from './gpu/program';
import { replayInPass, submitCommands } from './gpu/submit';
import { noiseOperation } from './noise/operation';
import type { Recording } from '../backends/gpu/commands/recording';

/** The options of a choice from float32 logits. */
export type ChoiceFromLogits = Pick<LogitsOptions, 'vocabulary' | 'rows' | 'samples'> & { seed: Key };

/** An operation on float32 elements whose code is here. */
export interface LoadedOperation {
  readonly operation: Operation;
  readonly code: OperationCode;
}

/** @throws ArgumentError unless `rate` is a number in [0, 1) */
export function dropoutOf(rate: number): LoadedOperation {
  return { operation: dropoutOperation(rate), code: dropoutCode };
}

/** @throws ArgumentError where the numbers make no sense, or a normal could overflow */
export function noiseOf(sampler: Sampler, mean: number, stddev: number): LoadedOperation {
  return { operation: noiseOperation(sampler, mean, stddev), code: noiseCode };
}

/** Chooses columns of rows of logits from one buffer to another. */
export function chooseNow(
  device: GPUDevice,
  options: ChoiceFromLogits,
  logits: GPUBuffer,
  output: GPUBuffer,
): void {
  const asked = checkCategorical(options);
  const { dtype, plan } = placesOnGpu(device, asked, logits, output);
  submitNow(device, (owned) => {
    const key = keyBuffer(device, asked.key, owned);
    const buffers = { logits, key, output, outputOffset: 0 };
    return recordCalls(device, categoricalCalls(device, asked, dtype, plan, buffers, owned), owned);
  });
}

/** The same on the host. */
export function chooseOnHost(options: ChoiceFromLogits, logits: Float32Array): Int32Array {
  const asked = checkCategorical(options);
  const { vocabulary, samples } = asked;
  const patterns = new Uint32Array(logits.buffer, logits.byteOffset, logits.length);
  const chooser = new RowChooser(asked, 'float32');
  return Int32Array.from({ length: (logits.length / vocabulary) * samples }, (_, i) => {
    const row = Math.floor(i / samples);
    return chooser.choose(patterns.subarray(row * vocabulary, (row + 1) * vocabulary), i * vocabulary);
  });
}

/** Changes float32 elements from one buffer to another. */
export function changeNow(
  device: GPUDevice,
  { operation, code }: LoadedOperation,
  key: Key,
  count: number,
  input: GPUBuffer,
  output: GPUBuffer,
): void {
  const places = elementPlaces(device, checkElements({ count, buffer: output }), input);
  const kernels = elementKernels(code, operation, places);
  submitNow(device, (owned) => {
    const buffers = { key: keyBuffer(device, key, owned), output, input };
    return recordElements(device, operation, places, kernels, buffers, owned);
  });
}

/** The same on the host. */
export function changeOnHost({ operation }: LoadedOperation, key: Key, elements: Float32Array): Float32Array {
  const count = elements.length;
  const job = resolveRequest({ initializer: operation.random, shape: [count], seed: key });
  const random = new Uint32Array(count);
  fillReference(job.stretches[0].params as never, job.key, job.dtype, 0, random);
  const patterns = new Uint32Array(elements.buffer, elements.byteOffset, count);
  const results = random.map((word, i) => operation.apply(patterns[i], word));
  return new Float32Array(results.buffer);
}

function submitNow(device: GPUDevice, record: (owned: Owned) => Recording): void {
  Health.of(device).check();
  submitCommands(device, 'tensorseed operation', (encoder, owned) => replayInPass(encoder, record(owned)));
}
