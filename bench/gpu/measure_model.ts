import { bytesPerElement } from '../../src/core/dtype';
import { elementCount } from '../../src/core/shape';
import { type Dtype, type Initializer, initializers } from '../../src/index';
import { describeModel, type ModelSource } from '../../src/models';
import { readBuffer } from '../throughput/read_buffer';
import { DRAWS } from '../throughput/draws';
import { timed, type Timing } from '../throughput/makers/maker';
import { DoesNotFit } from '../throughput/reasons';
import { spreadOf } from '../throughput/spread';
import type { TensorFill } from '../throughput/tensors';
import { verifyFillings } from '../throughput/verify';
import { openFill, type PlacedTensor } from './fills';
import { lengthOf, timeInTurns, timesOf, warmUp } from './measure';
import { placed, type Shard } from './placement';
import type { Speed } from './row';
import { speedOf } from './speed';
import { constantOf, gigabytes, type Workplace } from './workplace';

const SEED = 42;
/** Larger buffers are no faster, and some drivers give none. */
const MOST_SHARD = 2 ** 31;
/** Tensors that are held against the CPU reference, from all over the model. */
const VERIFIED = 12;
/** Filling a model once, beside its runs: memory is cleared, kernels are compiled, values are verified. */
const RUNS_BESIDE = 4;
/** A pass that lasts longer may be taken for a hang. */
const LONGEST_PASS_MS = 1000;
/** Calls of fillAll at most. */
const CALLS = 9;
/** Elements by which the time of a model is foretold. */
const PROBE = 2 ** 22;

/** What is filled. */
export interface ModelFill {
  /** A model none of whose tensors consists of parts. */
  readonly source: ModelSource;
  readonly dtype: Dtype;
  /** Bytes of a buffer at most. */
  readonly mostShard?: number;
}

interface ModelTensor {
  readonly name: string;
  readonly initializer: Initializer;
  readonly shape: readonly number[];
  readonly count: number;
  readonly bytes: number;
}

/**
 * Fills the tensors of a model. Where they do not fit the memory together, they go through one buffer in turns; where
 * the time does not do, only the first of them are filled. The note says so.
 * @param milliseconds that the timing may take
 * @param left milliseconds for all of it
 * @throws WrongValues, DoesNotFit
 */
export async function measureModel(
  workplace: Workplace,
  { source, dtype, mostShard = MOST_SHARD }: ModelFill,
  milliseconds: number,
  left: number,
): Promise<{ readonly verified: string; readonly note: string; readonly speed: Speed }> {
  const { card, sampler } = workplace;
  const all = tensorsOf(source, dtype);
  const pace = await paceOf(workplace, dtype);
  const tensors = inTime(all, left / RUNS_BESIDE / pace);
  const most = Math.min(card.device.limits.maxBufferSize, mostShard);
  const shards = placed(tensors, most);
  workplace.free();
  const buffers = await buffersFor(workplace, shards);
  try {
    const places = shards.map((shard, i) => placesIn(shard, buffers[i % buffers.length], dtype));
    const elements = tensors.reduce((sum, { count }) => sum + count, 0);
    const bytes = tensors.reduce((sum, one) => sum + one.bytes, 0);
    const fill = async (after?: (shard: readonly PlacedTensor[]) => Promise<void>): Promise<void> => {
      for (const shard of places) {
        await sampler.fillAll(shard.map(requestOf));
        await after?.(shard);
      }
      await card.wait(card.device.queue.onSubmittedWorkDone());
    };
    const chosen = sampleOf(places.flat());
    let verified = '';
    await fill(async (shard) => {
      const here = shard.filter((one) => chosen.has(one));
      if (here.length > 0) verified = await verify(workplace, here);
    });
    card.check();

    const calls: Timing[] = [{ wall: await timed(() => fill()) }];
    for (let spent = calls[0].wall; calls.length < CALLS && spent < milliseconds;) {
      const wall = await timed(() => fill());
      calls.push({ wall });
      spent += wall;
    }
    card.check();
    const fillAll = spreadOf(calls.map(({ wall }) => wall));
    const filled = { dtype, elements, bytes };
    const speed =
      fillAll.median > LONGEST_PASS_MS
        ? speedOf(filled, timesOf(calls, 1))
        : await inOnePass(workplace, places, filled, milliseconds);
    card.check();
    const part =
      tensors.length === all.length ? '' : ` of ${all.length}, because the time would not do for all`;
    const memory =
      buffers.length === shards.length
        ? 'all in memory at once'
        : `through one buffer of ${gigabytes(shards[0].bytes)} in ${shards.length} turns, because memory would not do for all`;
    return {
      verified: `${chosen.size} tensors, the last: ${verified}`,
      note: `${tensors.length} tensors${part}, ${gigabytes(bytes)}, ${memory}; fillAll takes ${fillAll.median.toFixed(1)} ms`,
      speed: { ...speed, fillAll },
    };
  } finally {
    for (const buffer of buffers) buffer.destroy();
    card.device.queue.submit([]); // Dawn keeps the memory of destroyed objects until something is submitted.
  }
}

function tensorsOf(source: ModelSource, dtype: Dtype): ModelTensor[] {
  return describeModel(source).tensors.map(({ name, shape, initializer }) => {
    const count = elementCount(shape);
    const bytes = Math.ceil((count * bytesPerElement(dtype)) / 4) * 4;
    return { name, shape, initializer: initializers.get(initializer as string)!, count, bytes };
  });
}

/** Milliseconds that an element of a model takes about. */
async function paceOf(workplace: Workplace, dtype: Dtype): Promise<number> {
  const { card, sampler } = workplace;
  const bytes = PROBE * bytesPerElement(dtype);
  const buffer = await workplace.memory(bytes);
  const fill = await openFill(card, sampler, [
    {
      initializer: DRAWS.normal(),
      shape: [PROBE],
      count: PROBE,
      byteOffset: 0,
      options: { seed: SEED, dtype },
      bytes,
      buffer,
    },
  ]);
  try {
    await fill.run(1); // It compiles, too.
    return lengthOf(await fill.run(1)) / PROBE;
  } finally {
    fill.destroy();
  }
}

/**
 * The first tensors that have so many elements together.
 * @throws DoesNotFit where the first one has more
 */
export function inTime<T extends { readonly count: number }>(tensors: readonly T[], elements: number): T[] {
  let sum = 0;
  const fitting = tensors.filter(({ count }) => (sum += count) <= elements);
  if (fitting.length === 0) throw new DoesNotFit('the time would not do for its first tensor');
  return fitting;
}

/** A buffer for each shard, or one for the largest where that is too much. @throws DoesNotFit */
async function buffersFor(workplace: Workplace, shards: readonly Shard<ModelTensor>[]): Promise<GPUBuffer[]> {
  const buffers: GPUBuffer[] = [];
  try {
    workplace.checkMemory(shards.reduce((sum, { bytes }) => sum + bytes, 0));
    for (const { bytes } of shards) buffers.push(await workplace.newMemory(bytes));
    return buffers;
  } catch (error) {
    for (const buffer of buffers) buffer.destroy();
    workplace.card.device.queue.submit([]);
    if (!(error instanceof DoesNotFit)) throw error;
  }
  return [await workplace.newMemory(Math.max(...shards.map(({ bytes }) => bytes)))];
}

function placesIn({ parts }: Shard<ModelTensor>, buffer: GPUBuffer, dtype: Dtype): PlacedTensor[] {
  return parts.map(({ of, byteOffset }) => {
    const { name, initializer, shape, count, bytes } = of;
    const options = { seed: SEED, name, dtype };
    return { initializer, shape, count, byteOffset, options, bytes, buffer };
  });
}

const requestOf = ({ initializer, shape, byteOffset, options, buffer }: PlacedTensor) => ({
  initializer,
  shape,
  byteOffset,
  ...options,
  buffer,
});

/** Tensors from all over a model, which are verified. */
function sampleOf(tensors: readonly PlacedTensor[]): Set<TensorFill> {
  const step = Math.max(tensors.length / VERIFIED, 1);
  const chosen = Array.from(
    { length: Math.min(VERIFIED, tensors.length) },
    (_, i) => tensors[Math.floor(i * step)],
  );
  return new Set(chosen);
}

function verify({ card }: Workplace, tensors: readonly PlacedTensor[]): Promise<string> {
  return verifyFillings(tensors, (filling, start, count) => {
    const { buffer, byteOffset, options } = filling as PlacedTensor;
    const size = bytesPerElement(options.dtype);
    return card.wait(readBuffer(card.device, buffer, byteOffset + start * size, count * size));
  });
}

/** Times all shards in one pass, in turn with a constant fill of as many bytes. */
async function inOnePass(
  { card, sampler }: Workplace,
  places: readonly (readonly PlacedTensor[])[],
  filled: { readonly dtype: Dtype; readonly elements: number; readonly bytes: number },
  milliseconds: number,
): Promise<Speed> {
  const fill = await openFill(card, sampler, places.flat());
  const constant = await openFill(
    card,
    sampler,
    places.map((shard) =>
      constantOf(
        shard[0].buffer,
        shard.reduce((sum, { bytes }) => sum + bytes, 0),
      ),
    ),
  );
  try {
    const warm = [await warmUp(constant), await warmUp(fill)];
    const [beside, own] = await timeInTurns(warm, milliseconds);
    return speedOf(filled, own, { constant: beside });
  } finally {
    fill.destroy();
    constant.destroy();
  }
}
