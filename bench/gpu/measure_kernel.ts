import { bytesPerElement } from '../../src/core/dtype';
import { elementCount } from '../../src/core/shape';
import { streamNamed } from '../../src/streams/named';
import { readBuffer } from '../throughput/read_buffer';
import type { TensorFill } from '../throughput/tensors';
import { verifyFillings } from '../throughput/verify';
import { openFill } from './fills';
import type { KernelItem } from './items';
import { KERNELS } from './kernels';
import { lengthOf, timeInTurns, warmUp } from './measure';
import type { Speed } from './row';
import { speedOf } from './speed';
import { checkTime } from './time';
import type { Workplace } from './workplace';

const SEED = 42;
/** Elements from which the time of more of them is foretold, as a logarithm to base 2. */
const PROBE = 20;
/** Runs that a measurement has at least, the first one and the warm-up among them. */
const LEAST_RUNS = 4;

/**
 * Fills memory with a draw, holds the ends and ranges of it against the CPU reference, and times it in turn with a
 * constant fill and a copy.
 * @param milliseconds that the timing may take
 * @param left milliseconds for all of it
 * @throws WrongValues, DoesNotFit
 */
export async function measureKernel(
  workplace: Workplace,
  item: KernelItem,
  milliseconds: number,
  left: number,
): Promise<{ readonly verified: string; readonly speed: Speed }> {
  const { card, sampler } = workplace;
  const filling = fillingOf(item);
  const { dtype } = item;
  const size = bytesPerElement(dtype);
  const bytes = Math.ceil((filling.count * size) / 4) * 4;
  if (item.log2 > PROBE) await foretell(workplace, item, left);
  const { constant, copy } = await workplace.limits(bytes);
  const buffer = await workplace.memory(bytes);
  const fill = await openFill(card, sampler, [{ ...filling, bytes, buffer }]);
  try {
    // What another draw left must not pass for this one's values.
    clear(card.device, buffer);
    await fill.run(1); // It compiles, too.
    card.check();
    const verified = await verifyFillings([filling], (_, start, count) =>
      card.wait(readBuffer(card.device, buffer, start * size, count * size)),
    );
    const own = await warmUp(fill);
    const [beside, copied, timed] = await timeInTurns([constant, copy, own], milliseconds);
    card.check();
    return {
      verified,
      speed: speedOf({ dtype, elements: filling.count, bytes }, timed, { constant: beside, copy: copied }),
    };
  } finally {
    fill.destroy();
  }
}

/** @throws DoesNotFit where the least measurement would take longer than so many milliseconds */
async function foretell(workplace: Workplace, item: KernelItem, left: number): Promise<void> {
  const filling = fillingOf({ ...item, log2: PROBE });
  const bytes = Math.ceil((filling.count * bytesPerElement(item.dtype)) / 4) * 4;
  const buffer = await workplace.memory(bytes);
  const fill = await openFill(workplace.card, workplace.sampler, [{ ...filling, bytes, buffer }]);
  try {
    await fill.run(1); // It compiles, too.
    const run = lengthOf(await fill.run(1)) * 2 ** (item.log2 - PROBE);
    checkTime(LEAST_RUNS * run, left);
  } finally {
    fill.destroy();
  }
}

function fillingOf({ kernel, dtype, math, stream, log2 }: KernelItem): TensorFill {
  const { initializer, shape: shapeOf } = KERNELS[kernel];
  const shape = shapeOf(log2);
  return {
    initializer: initializer(),
    shape,
    count: elementCount(shape),
    byteOffset: 0,
    options: {
      seed: SEED,
      dtype,
      math,
      ...(stream !== undefined && { stream: streamNamed('the stream of a kernel', stream) }),
    },
  };
}

function clear(device: GPUDevice, buffer: GPUBuffer): void {
  const encoder = device.createCommandEncoder();
  encoder.clearBuffer(buffer);
  device.queue.submit([encoder.finish()]);
}
