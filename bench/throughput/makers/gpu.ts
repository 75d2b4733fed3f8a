import { bytesPerElement } from '../../../src/core/dtype';
import { Sampler } from '../../../src/index';
import { Stopwatch } from '../../../src/verify/stopwatch';
import type { Case, Submission, Entry } from '../case';
import type { Memory } from '../memory';
import { readBuffer } from '../read_buffer';
import { DoesNotFit } from '../reasons';
import { fillingsOf, type TensorFill } from '../tensors';
import { verifyFillings } from '../verify';
import { openGpuChoice } from './choice';
import { type Contender, type Maker, timed, type Timing } from './maker';

/** Ranges of a tensor that the dispatch shape `ranges` encodes. */
const RANGES = 16;

/** Larger tensors are not read back whole. */
const READ_BACK = 2 ** 26;

/** This library on the GPU, into a buffer that is there already. */
export function gpuMaker(): Maker {
  return {
    timed:
      'from the call of encode, fill or fillAll, through the submit, until the queue reports the work done; pipelines and buffer exist',
    async open(entry, of, memory) {
      const { device } = memory;
      if (device === undefined) throw new DoesNotFit('there is no GPU here');
      return entry.draw === 'categorical' ? openGpuChoice(device, of) : open(device, entry, of, memory);
    },
  };
}

async function open(device: GPUDevice, entry: Entry, of: Case, memory: Memory): Promise<Contender> {
  const sampler = await Sampler.create({ device });
  await sampler.load();
  const buffer = await memory.gpu();
  const fillings = fillingsOf(entry, of);
  // What another contender wrote must not pass for this one's values.
  clear(device, buffer);
  const submit = SUBMITS[entry.dispatch!](sampler, device, buffer, fillings);
  const byteLength = fillings.reduce(
    (end, { byteOffset, count }) => Math.max(end, byteOffset + count * bytesPerElement(entry.dtype)),
    0,
  );
  return {
    label: `tensorseed, ${entry.math} math`,
    run: submit.run,
    verify: () =>
      verifyFillings(fillings, (filling, start, count) => {
        const size = bytesPerElement(entry.dtype);
        return readBuffer(device, buffer, filling.byteOffset + start * size, count * size);
      }),
    readBack:
      isRead(entry) && byteLength <= READ_BACK ? () => readBuffer(device, buffer, 0, byteLength) : undefined,
    close: submit.close,
  };
}

/** Reading back costs the same whatever was drawn: one contender of each dtype tells. */
function isRead({ role, math, dispatch }: Entry): boolean {
  return role === 'ours' && math === 'exact' && (dispatch === 'encode' || dispatch === undefined);
}

interface Submit {
  run(): Promise<Timing>;
  close(): void;
}

type MakeSubmit = (
  sampler: Sampler,
  device: GPUDevice,
  buffer: GPUBuffer,
  fillings: readonly TensorFill[],
) => Submit;

const SUBMITS: Readonly<Record<Submission, MakeSubmit>> = {
  encode: encodeInOnePass,
  all(sampler, device, buffer, fillings) {
    const requests = fillings.map(({ initializer, shape, byteOffset, options }) => ({
      initializer,
      shape,
      byteOffset,
      ...options,
      buffer,
    }));
    const run = async (): Promise<void> => {
      await sampler.fillAll(requests);
      await device.queue.onSubmittedWorkDone();
    };
    return { run: async () => ({ wall: await timed(run) }), close: () => undefined };
  },
  ranges: (sampler, device, buffer, fillings) =>
    encodeInOnePass(sampler, device, buffer, fillings.flatMap(rangesOf)),
  fill(sampler, device, buffer, fillings) {
    const run = async (): Promise<void> => {
      for (const { initializer, shape, byteOffset, options } of fillings)
        await sampler.fill(initializer, shape, { ...options, buffer, byteOffset });
      await device.queue.onSubmittedWorkDone();
    };
    return { run: async () => ({ wall: await timed(run) }), close: () => undefined };
  },
};

/** A tensor, and the elements of it that are to be written. */
type RangeFill = TensorFill & { readonly range?: { readonly start: number; readonly count: number } };

function rangesOf(filling: TensorFill): RangeFill[] {
  const size = bytesPerElement(filling.options.dtype);
  const bounds = Array.from({ length: RANGES + 1 }, (_, i) => Math.floor((i * filling.count) / RANGES));
  return bounds.slice(1).map((end, i) => ({
    ...filling,
    byteOffset: filling.byteOffset + bounds[i] * size,
    range: { start: bounds[i], count: end - bounds[i] },
  }));
}

function encodeInOnePass(
  sampler: Sampler,
  device: GPUDevice,
  buffer: GPUBuffer,
  parts: readonly RangeFill[],
): Submit {
  const stopwatch = Stopwatch.on(device);
  return {
    async run() {
      const wall = await timed(() => {
        const encoder = device.createCommandEncoder();
        const pass = encoder.beginComputePass({ timestampWrites: stopwatch?.writes });
        for (const { initializer, shape, byteOffset, options, range } of parts) {
          sampler.encode(pass, initializer, shape, { ...options, buffer, byteOffset, range });
        }
        pass.end();
        device.queue.submit([encoder.finish()]);
        return device.queue.onSubmittedWorkDone();
      });
      return { wall, gpu: await stopwatch?.read() };
    },
    close: () => stopwatch?.destroy(),
  };
}

function clear(device: GPUDevice, buffer: GPUBuffer): void {
  const encoder = device.createCommandEncoder();
  encoder.clearBuffer(buffer);
  device.queue.submit([encoder.finish()]);
}
