import type { Recording } from '../../backends/gpu/commands/recording';
import type { Owned } from '../../backends/gpu/device/owned';
import { bytesPerElement } from '../../core/dtype';
import { ArgumentError } from '../../core/errors';
import type { Key } from '../../streams/key';
import { HALF } from '../gpu/half';
import { keyBuffer } from '../gpu/key_buffer';
import { checkStorage, type GpuOutput, upload } from '../gpu/memory';
import { type Kernel, OperationPipelines } from '../gpu/pipelines';
import { type KernelCall, recordCalls } from '../gpu/program';
import { computeInto, replayInPass } from '../gpu/submit';
import { checkPlace, type HostElements, hostElements } from '../memory';
import type { Operation, OperationCode } from './operation';
import { countOf, ELEMENT_DTYPES, type ElementDtype, type Elements } from './options';
import { type ElementsDispatch, planElements } from './plan';

/** Where an operation on a GPU reads and writes, checked. */
export interface ElementPlaces {
  /** The elements where they are on the host. */
  readonly host: HostElements | undefined;
  readonly dtype: ElementDtype;
  readonly count: number;
  readonly inPlace: boolean;
  readonly dispatches: readonly ElementsDispatch[];
}

/** @throws ArgumentError where memory is no such, too small, or read and written at once */
export function elementPlaces(device: GPUDevice, asked: Elements, input: unknown): ElementPlaces {
  const host = ArrayBuffer.isView(input)
    ? hostElements('input', input, asked.dtype, ELEMENT_DTYPES)
    : undefined;
  const dtype = (host === undefined ? (asked.dtype ?? 'float32') : host.dtype) as ElementDtype;
  const size = bytesPerElement(dtype);
  const bytes = host === undefined ? checkStorage(device, 'input', input) : host.patterns.byteLength;
  const offset = host === undefined ? checkPlace('inputOffset', asked.inputOffset, 0, dtype, bytes) : 0;
  const count = countOf(asked, Math.floor((bytes - offset) / size));
  const { buffer, byteOffset } = asked;
  const inPlace = host === undefined && buffer === input;
  if (inPlace && byteOffset !== offset) {
    throw new ArgumentError(
      `byteOffset must be inputOffset where buffer is the input, got ${byteOffset} and ${offset}`,
    );
  }
  const whole = Math.ceil(bytes / 4) * 4; // what an upload makes of the bytes
  const written =
    buffer === undefined ? Math.ceil((count * size) / 4) * 4 : checkStorage(device, 'buffer', buffer);
  checkPlace('byteOffset', byteOffset, count, dtype, buffer === undefined ? Infinity : written);
  const dispatches = planElements(
    count,
    asked.firstElement,
    dtype,
    { byteOffset, bytes: written },
    { byteOffset: offset, bytes: whole },
    device.limits,
  );
  return { host, dtype, count, inPlace, dispatches };
}

/** The kernel of each dispatch, of an operation whose code is loaded. */
export function elementKernels(
  { body, edge }: OperationCode,
  { name, constants }: Operation,
  { dtype, inPlace, dispatches }: ElementPlaces,
): Kernel[] {
  return dispatches.map(({ shifted }): Kernel => {
    const all = { ...constants, HALF: HALF[dtype], SHIFTED: Number(shifted) };
    return {
      id: `${name}${inPlace ? ' in place' : ''} ${JSON.stringify(all)}`,
      code: inPlace ? edge : body,
      bindings: inPlace ? ['read', 'write'] : ['read', 'write', 'write'],
      constants: all,
    };
  });
}

/** Makes all GPU objects of the dispatches. */
export function recordElements(
  device: GPUDevice,
  { words }: Operation,
  { inPlace, dispatches }: ElementPlaces,
  kernels: readonly Kernel[],
  buffers: { readonly key: GPUBuffer; readonly output: GPUBuffer; readonly input: GPUBuffer },
  owned: Owned,
): Recording {
  const calls = dispatches.map(({ slots, output, input, workgroups }, i): KernelCall => ({
    kernel: kernels[i],
    buffers: [
      { buffer: buffers.key },
      { buffer: buffers.output, ...output },
      ...(inPlace ? [] : [{ buffer: buffers.input, ...input }]),
    ],
    params: Uint32Array.from([...slots, 0, 0, ...words]),
    workgroups: [workgroups, 1],
  }));
  return recordCalls(device, calls, owned);
}

/** Changes elements on a GPU. */
export async function elementsOnGpu(
  device: GPUDevice,
  operation: Operation,
  key: Key,
  asked: Elements,
  input: unknown,
): Promise<GpuOutput> {
  const places = elementPlaces(device, asked, input);
  const { host, dtype, count } = places;
  const kernels = elementKernels(await operation.code(), operation, places);
  await OperationPipelines.of(device).prepare(kernels);
  const { buffer, byteOffset } = asked;
  const label = `tensorseed ${operation.name}`;
  const place = { shape: [count], dtype, buffer, byteOffset };
  return computeInto(device, 'the dispatches', label, place, (encoder, output, owned) => {
    const buffers = {
      key: keyBuffer(device, key, owned),
      output: output.buffer,
      input: host === undefined ? (input as GPUBuffer) : upload(device, host.patterns, owned),
    };
    replayInPass(encoder, recordElements(device, operation, places, kernels, buffers, owned));
  });
}
