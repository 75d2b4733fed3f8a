import type { Dtype, InitializerSpec, Sampler } from '../../index';
import { median } from '../../statistics/quantile';
import { nextTask } from '../next_task';

/** The tensor that is filled many times. */
export interface Fill {
  readonly initializer: InitializerSpec;
  readonly dtype: Dtype;
  readonly bytesPerElement: number;
}

/** The seconds of a fill, from the call to the last byte. It is the median of `fills` fills. */
export interface Timing {
  readonly seconds: number;
  readonly fills: number;
}

/** The results for one size. A side is undefined where there is no such sampler. */
export interface Point {
  readonly elements: number;
  readonly bytes: number;
  readonly gpu: Timing | undefined;
  readonly cpu: Timing;
}

export interface Sweep {
  readonly gpu: Sampler | undefined;
  readonly cpu: Sampler;
  readonly fill: Fill;
  readonly sizes: readonly number[];
  readonly signal: AbortSignal;
  /** @param share of the work that is done, in [0, 1] */
  onProgress(share: number, elements: number): void;
  onPoint(point: Point): void;
}

const SEED = 42;
const LEAST_FILLS = 3;
const MOST_FILLS = 15;
/** The fills of one side for one size take about so long together, unless three fills take longer. */
const SECONDS = 0.4;
/** So many elements are compared at the beginning, in the middle and at the end of a tensor. */
const COMPARED = 1024;
/** The progress of a size counts its elements, and so many more for the work that does not grow with them. */
const OVERHEAD = 2 ** 21;

/** The work of one side for one size. */
interface Side {
  /** Fills the tensor once, and waits for the last byte. */
  run(): Promise<void>;
  /** Reads bytes of the tensor that `run` has filled. */
  read(begin: number, count: number): Promise<Uint8Array>;
  destroy(): void;
}

/**
 * Measures size after size, GPU and CPU in turn. Each is checked and warmed up first.
 * @throws Error where GPU and CPU differ, the reason of the signal, and DeviceError where the device was lost
 */
export async function sweep({ gpu, cpu, fill, sizes, signal, onProgress, onPoint }: Sweep): Promise<void> {
  const total = sizes.reduce((sum, elements) => sum + elements + OVERHEAD, 0);
  let done = 0;
  for (const elements of sizes) {
    onProgress(done / total, elements);
    const share = (part: number): void => onProgress((done + part * (elements + OVERHEAD)) / total, elements);
    onPoint(await point({ gpu, cpu, fill, elements, signal, onProgress: share }));
    done += elements + OVERHEAD;
  }
  onProgress(1, sizes[sizes.length - 1]);
}

interface PointRequest extends Pick<Sweep, 'gpu' | 'cpu' | 'fill' | 'signal'> {
  readonly elements: number;
  onProgress(share: number): void;
}

async function point({ gpu, cpu, fill, elements, signal, onProgress }: PointRequest): Promise<Point> {
  const sides: Side[] = [];
  try {
    if (gpu !== undefined) sides.push(await gpuSide(gpu, fill, elements, signal));
    sides.push(cpuSide(cpu, fill, elements, signal));
    const times = sides.map((): number[] => []);
    const fills: number[] = [];
    for (const side of sides) fills.push(fillsWithin(await timed(side, signal)));
    await compare(sides, fill, elements);
    const most = Math.max(...fills);
    for (let turn = 0; turn < most; turn++) {
      for (const [i, side] of sides.entries()) if (turn < fills[i]) times[i].push(await timed(side, signal));
      onProgress((turn + 1) / most);
    }
    const timings = times.map((all): Timing => ({ seconds: median(all), fills: all.length }));
    return {
      elements,
      bytes: elements * fill.bytesPerElement,
      gpu: gpu === undefined ? undefined : timings[0],
      cpu: timings[timings.length - 1],
    };
  } finally {
    for (const side of sides) side.destroy();
  }
}

/** The number of fills that are measured, by the time of the first. */
export function fillsWithin(seconds: number): number {
  return Math.min(Math.max(Math.round(SECONDS / seconds), LEAST_FILLS), MOST_FILLS);
}

/** The seconds of a fill. The clock of some browsers moves by a millisecond, so a short fill is repeated until it has. */
async function timed(side: Side, signal: AbortSignal): Promise<number> {
  await nextTask(); // The page reacts to the visitor first.
  signal.throwIfAborted();
  const start = performance.now();
  let end: number;
  let runs = 0;
  do {
    await side.run();
    runs++;
    end = performance.now();
  } while (end === start);
  return (end - start) / 1000 / runs;
}

async function gpuSide(
  gpu: Sampler,
  { initializer, dtype, bytesPerElement }: Fill,
  elements: number,
  signal: AbortSignal,
): Promise<Side> {
  const device = gpu.device!;
  device.pushErrorScope('out-of-memory');
  const buffer = device.createBuffer({
    label: 'throughput',
    size: elements * bytesPerElement,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
  });
  if ((await device.popErrorScope()) !== null)
    throw new Error(`The GPU has no ${elements * bytesPerElement} bytes of memory left.`);
  return {
    async run() {
      await gpu.fill(initializer, [elements], { seed: SEED, dtype, buffer, signal });
      await device.queue.onSubmittedWorkDone();
    },
    async read(begin, count) {
      const staging = device.createBuffer({
        size: count,
        usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
      });
      try {
        const encoder = device.createCommandEncoder();
        encoder.copyBufferToBuffer(buffer, begin, staging, 0, count);
        device.queue.submit([encoder.finish()]);
        await staging.mapAsync(GPUMapMode.READ).catch(() => {
          throw new Error('The GPU device was lost.');
        });
        return new Uint8Array(staging.getMappedRange().slice(0));
      } finally {
        staging.destroy();
      }
    },
    destroy: () => buffer.destroy(),
  };
}

function cpuSide(
  cpu: Sampler,
  { initializer, dtype, bytesPerElement }: Fill,
  elements: number,
  signal: AbortSignal,
): Side {
  const buffer = new ArrayBuffer(elements * bytesPerElement);
  return {
    run: async () => void (await cpu.fill(initializer, [elements], { seed: SEED, dtype, buffer, signal })),
    read: async (begin, count) => new Uint8Array(buffer, begin, count),
    destroy: () => undefined,
  };
}

/**
 * Compares the tensors of both sides.
 * @throws Error where their bytes differ at the beginning, in the middle or at the end
 */
async function compare(
  [one, ...others]: readonly Side[],
  { bytesPerElement }: Fill,
  elements: number,
): Promise<void> {
  const count = COMPARED * bytesPerElement;
  for (const start of [0, elements / 2, elements - COMPARED]) {
    const expected = await one.read(start * bytesPerElement, count);
    for (const other of others) {
      const bytes = await other.read(start * bytesPerElement, count);
      const at = bytes.findIndex((byte, i) => byte !== expected[i]);
      if (at !== -1)
        throw new Error(
          `GPU and CPU differ in element ${start + Math.floor(at / bytesPerElement)} of ${elements}: nothing is timed that is wrong.`,
        );
    }
  }
}
