import { body as choice } from '../../../shaders/operations/choice.wgsl';
import { keyBuffer } from '../gpu/key_buffer';
import { checkStorage, type GpuOutput, upload } from '../gpu/memory';
import { type Kernel, OperationPipelines } from '../gpu/pipelines';
import { type KernelCall, recordCalls } from '../gpu/program';
import { computeInto, replayInPass } from '../gpu/submit';
import { checkPlace } from '../memory';
import { chooseDistinct } from './distinct';
import { checkChoice, type Choice, type Given } from './options';
import { sizeOf } from './population';
import { thresholdsOf } from './thresholds';

const THREADS = 64;

/** The most workgroups of a dispatch. Each invocation takes several blocks where there are more. */
const MOST_WORKGROUPS = 2 ** 14;

/** The most elements of a dispatch, so that none is long. */
const MOST_ELEMENTS = 2 ** 24;

function kernelOf(equal: boolean): Kernel {
  return {
    id: `choice ${equal}`,
    code: choice,
    bindings: ['write', 'read', 'read'],
    constants: { EQUAL: Number(equal), WORKGROUP_SIZE: THREADS },
  };
}

/** Chooses indices on a GPU. Without replacement the CPU chooses, and the GPU gets what it chose. */
export async function chooseOnGpu(
  device: GPUDevice,
  from: unknown,
  wanted: unknown,
  given: Given,
): Promise<GpuOutput> {
  const asked = checkChoice(from, wanted, given);
  const { buffer } = given;
  const { key, population, count, replacement, byteOffset } = asked;
  if (buffer !== undefined)
    checkPlace('byteOffset', byteOffset, count, 'uint32', checkStorage(device, 'buffer', buffer));
  const distinct = replacement ? undefined : chooseDistinct(key, population, count);
  const thresholds =
    !replacement || typeof population === 'number' ? undefined : thresholdsOf(population.probabilities);
  const kernel = kernelOf(thresholds === undefined);
  if (replacement) await OperationPipelines.of(device).prepare([kernel]);
  const place = { shape: [count], dtype: 'uint32', buffer, byteOffset } as const;
  return computeInto(device, 'choosing', 'tensorseed choice', place, (encoder, output, owned) => {
    if (distinct !== undefined) {
      const source = upload(device, distinct, owned);
      encoder.copyBufferToBuffer(source, 0, output.buffer, output.byteOffset, output.byteLength);
      return;
    }
    const words = keyBuffer(device, key, owned);
    const table = thresholds === undefined ? words : upload(device, thresholds, owned);
    const calls = callsOf(device, asked, kernel, output, [{ buffer: table }, { buffer: words }]);
    replayInPass(encoder, recordCalls(device, calls, owned));
  });
}

function callsOf(
  { limits }: GPUDevice,
  { population, count }: Choice,
  kernel: Kernel,
  { buffer, byteOffset }: GpuOutput,
  read: readonly GPUBufferBinding[],
): KernelCall[] {
  const alignment = limits.minStorageBufferOffsetAlignment;
  const fitting = Math.floor((limits.maxStorageBufferBindingSize - alignment) / 4);
  const most = Math.min(MOST_ELEMENTS, fitting - (fitting % 2));
  const calls: KernelCall[] = [];
  for (let at = 0; at < count; at += most) {
    const elements = Math.min(most, count - at);
    const from = byteOffset + 4 * at;
    const offset = from - (from % alignment);
    const block = at / 2;
    calls.push({
      kernel,
      buffers: [{ buffer, offset, size: from - offset + 4 * elements }, ...read],
      params: Uint32Array.of(
        elements,
        (from - offset) / 4,
        block >>> 0,
        Math.floor(block / 2 ** 32),
        sizeOf(population),
      ),
      workgroups: [Math.min(Math.ceil(elements / (2 * THREADS)), MOST_WORKGROUPS), 1],
    });
  }
  return calls;
}
