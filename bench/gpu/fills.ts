import type { Sampler } from '../../src/index';
import type { Timing } from '../throughput/makers/maker';
import type { TensorFill } from '../throughput/tensors';
import type { Card } from './card';

/** What can be run several times in one submit. */
export interface Repeatable {
  /** Bytes that one run writes. */
  readonly bytes: number;
  /** Milliseconds of all runs together. */
  run(times: number): Promise<Timing>;
  destroy(): void;
}

/** Fills of tensors in one pass. Their GPU objects are made once. */
export async function openFill(
  card: Card,
  sampler: Sampler,
  tensors: readonly PlacedTensor[],
): Promise<Repeatable> {
  const prepared = await sampler.prepareAll(
    tensors.map(({ initializer, shape, byteOffset, options, buffer }) => ({
      initializer,
      shape,
      byteOffset,
      ...options,
      buffer,
    })),
  );
  const { device, stopwatch } = card;
  return {
    bytes: tensors.reduce((sum, { bytes }) => sum + bytes, 0),
    async run(times) {
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass({ timestampWrites: stopwatch?.writes });
      for (let i = 0; i < times; i++) prepared.encode(pass);
      pass.end();
      const wall = await submitted(card, encoder);
      return { wall, gpu: stopwatch && (await card.wait(stopwatch.read())) };
    },
    destroy: () => prepared.destroy(),
  };
}

/** A tensor with the memory that it is filled in. */
export interface PlacedTensor extends TensorFill {
  readonly bytes: number;
  readonly buffer: GPUBuffer;
}

/** Copies of bytes from one buffer to another. They are in no pass, so only the wall clock times them. */
export function openCopy(card: Card, source: GPUBuffer, target: GPUBuffer, bytes: number): Repeatable {
  return {
    bytes,
    async run(times) {
      const encoder = card.device.createCommandEncoder();
      for (let i = 0; i < times; i++) encoder.copyBufferToBuffer(source, 0, target, 0, bytes);
      return { wall: await submitted(card, encoder) };
    },
    destroy: () => undefined,
  };
}

/** Submits, and waits until the work is done. @returns milliseconds of both */
async function submitted({ device, wait }: Card, encoder: GPUCommandEncoder): Promise<number> {
  const commands = encoder.finish();
  const begin = performance.now();
  device.queue.submit([commands]);
  await wait(device.queue.onSubmittedWorkDone());
  return performance.now() - begin;
}
