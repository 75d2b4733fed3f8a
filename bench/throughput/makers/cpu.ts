import { bytesPerElement } from '../../../src/core/dtype';
import { Sampler } from '../../../src/index';
import { fillingsOf } from '../tensors';
import { verifyFillings } from '../verify';
import { openCpuChoice } from './choice';
import { type Maker, timed } from './maker';
import type { CPU_MAKERS } from './names';

/** One way of this project's to fill tensors on the CPU. */
interface CpuImplementation {
  readonly about: string;
  open(): Promise<Sampler>;
}

const IMPLEMENTATIONS: Readonly<Record<(typeof CPU_MAKERS)[number], CpuImplementation>> = {
  cpu: { about: 'WebAssembly SIMD, threads', open: () => Sampler.create({ backend: 'cpu' }) },
  'cpu reference': {
    about: 'plain TypeScript, one thread',
    open: () => Sampler.create({ backend: 'cpu', cpu: 'reference' }),
  },
};

/** This library on the CPU, into memory that is there already. */
export function cpuMakers(): Record<string, Maker> {
  return Object.fromEntries(
    Object.entries(IMPLEMENTATIONS).map(([name, implementation]) => [name, cpuMaker(name, implementation)]),
  );
}

function cpuMaker(name: string, { about, open }: CpuImplementation): Maker {
  return {
    timed: 'the call of fill, into memory that exists',
    async open(entry, of, memory) {
      const sampler = await open();
      if (entry.draw === 'categorical')
        return openCpuChoice(sampler, `tensorseed, ${name} (plain TypeScript)`, of);
      const buffer = memory.cpu();
      new Uint8Array(buffer).fill(0);
      const fillings = fillingsOf(entry, of);
      return {
        label: `tensorseed, ${name} (${about})`,
        async run() {
          const wall = await timed(async () => {
            for (const { initializer, shape, byteOffset, options } of fillings)
              await sampler.fill(initializer, shape, { ...options, buffer, byteOffset });
          });
          return { wall };
        },
        verify: () =>
          verifyFillings(fillings, async ({ byteOffset }, start, count) => {
            const size = bytesPerElement(entry.dtype);
            return buffer.slice(byteOffset + start * size, byteOffset + (start + count) * size);
          }),
        close: () => sampler.destroy(),
      };
    },
  };
}
