import { createTensorBuffer } from '../../backends/gpu/device/buffer';
import { Health } from '../../backends/gpu/device/health';
import { readBuffer } from '../../backends/gpu/device/read';
import { guarded } from '../../backends/gpu/device/scope';
import type { Sampler } from '../../sampler';
import { Stopwatch } from '../stopwatch';
import { bytesOf, initializerOf, type MachineCase, optionsOf } from './cases';

/** What an examination needs of a sampler. */
export type Examined = Pick<Sampler, 'backend' | 'device' | 'fill' | 'prepare'>;

/** How long one fill took, in seconds. */
export interface Timing {
  /** By the host's clock, from the submit until the work was done. */
  readonly wall: number;
  /** By the timestamp queries of the GPU; undefined where it has none, or they make no sense. */
  readonly gpu: number | undefined;
}

/** A tensor whose memory is there, and that can be filled again and again. */
export interface Fill {
  readonly bytes: number;
  /** Fills it several times in one go. The time is that of one of them. */
  run(times: number): Promise<Timing>;
  /** A copy of what is there. */
  read(): Promise<Uint8Array<ArrayBuffer>>;
  destroy(): void;
}

/** Makes fills on the device or the CPU of a sampler. All of them have the same memory. */
export interface Fills {
  prepare(one: MachineCase): Promise<Fill>;
  destroy(): void;
}

/** A clock in milliseconds. */
export type Clock = () => number;

export async function openFills(sampler: Examined, bytes: number, clock: Clock): Promise<Fills> {
  return sampler.device === undefined
    ? cpuFills(sampler, bytes, clock)
    : gpuFills(sampler, sampler.device, bytes, clock);
}

function cpuFills(sampler: Examined, most: number, clock: Clock): Fills {
  const buffer = new ArrayBuffer(most);
  return {
    async prepare(one) {
      const bytes = bytesOf(one);
      return {
        bytes,
        async run(times) {
          const begun = clock();
          for (let i = 0; i < times; i++)
            await sampler.fill(initializerOf(one), one.shape, { ...optionsOf(one), buffer });
          return { wall: (clock() - begun) / 1000 / times, gpu: undefined };
        },
        read: async () => new Uint8Array(buffer.slice(0, bytes)),
        destroy: () => undefined,
      };
    },
    destroy: () => undefined,
  };
}

async function gpuFills(sampler: Examined, device: GPUDevice, most: number, clock: Clock): Promise<Fills> {
  const health = Health.of(device);
  const [buffer, stopwatch] = await guarded(device, `making a buffer of ${most} bytes`, (owned) => {
    const timer = Stopwatch.on(device);
    return [owned.add(createTensorBuffer(device, most)), timer && owned.add(timer)] as const;
  });
  return {
    async prepare(one) {
      const bytes = bytesOf(one);
      const prepared = await sampler.prepare(initializerOf(one), one.shape, { ...optionsOf(one), buffer });
      return {
        bytes,
        async run(times) {
          const encoder = device.createCommandEncoder();
          const pass = encoder.beginComputePass({ timestampWrites: stopwatch?.writes });
          for (let i = 0; i < times; i++) prepared.encode(pass);
          pass.end();
          const begun = clock();
          device.queue.submit([encoder.finish()]);
          await health.wait('the kernel', device.queue.onSubmittedWorkDone());
          const wall = (clock() - begun) / 1000 / times;
          const milliseconds = stopwatch && (await health.wait('the timestamps', stopwatch.read()));
          return { wall, gpu: milliseconds === undefined ? undefined : milliseconds / 1000 / times };
        },
        read: async () => new Uint8Array(await readBuffer(device, buffer, 0, bytes)),
        destroy: () => prepared.destroy(),
      };
    },
    destroy() {
      buffer.destroy();
      stopwatch?.destroy();
    },
  };
}
