import type { BackendChoice } from '../../src/index';

/** What of the built library a cold start needs. */
export type Library = Pick<typeof import('../../src/index'), 'Sampler' | 'initializers'>;

/** Milliseconds, one after the other. */
export interface ColdStart {
  /** Loading and evaluating the library. */
  readonly import: number;
  /** `Sampler.create`: adapter and device; in Node the package webgpu too. */
  readonly create: number;
  /** The first 1,000 normals of all until the work is submitted: their pipeline is made on the way. */
  readonly fill: number;
  /** Until they are on the host. Some drivers compile only now. */
  readonly data: number;
  /** What processors did from `Sampler.create` on, all threads together; null where that is not known. */
  readonly cpu: number | null;
  /** Adapter, or the CPU. */
  readonly description: string;
}

const ELEMENTS = 1000;

/**
 * Measures the first steps of a program; once in a process or page.
 * @param cpuTime the milliseconds that the process has computed so far
 */
export async function coldStart(
  load: () => Promise<Library>,
  backend: BackendChoice,
  cpuTime?: () => number,
): Promise<ColdStart> {
  const lap = laps();
  const { Sampler, initializers } = await load();
  const imported = lap();
  const before = cpuTime?.();
  const sampler = await Sampler.create({ backend });
  const create = lap();
  const tensor = await sampler.fill(initializers.randomNormal(), [ELEMENTS], { seed: 1 });
  const fill = lap();
  await tensor.data();
  const data = lap();
  const cpu = before === undefined ? null : cpuTime!() - before;
  const { description } = sampler;
  sampler.destroy();
  return { import: imported, create, fill, data, cpu, description };
}

function laps(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const milliseconds = now - last;
    last = now;
    return milliseconds;
  };
}
