import type { BackendChoice } from '../../src/index';

/** What of the built library a cold start needs. */
export type Library = Pick<typeof import('../../src/index'), 'Sampler' | 'initializers'>;

/** Milliseconds, one after the other. */
export interface ColdStart {
  /** Loading and evaluating the library. */
  readonly import: number;
  /** Adapter and device; in Node the package webgpu too. */
  readonly device: number;
  /** The first normal of all, 4 elements, until the GPU is done: its pipeline is compiled on the way. */
  readonly pipelines: number;
  /** 1,000 elements from the call until they are on the host. */
  readonly first: number;
  /** Adapter, or the CPU. */
  readonly description: string;
}

const ELEMENTS = 1000;

/** Measures the first steps of a program; once in a process or page. */
export async function coldStart(load: () => Promise<Library>, backend: BackendChoice): Promise<ColdStart> {
  const lap = laps();
  const { Sampler, initializers } = await load();
  const imported = lap();
  const sampler = await Sampler.create({ backend });
  const device = lap();
  const normal = initializers.randomNormal();
  await (await sampler.fill(normal, [4], { seed: 1 })).data();
  const pipelines = lap();
  await (await sampler.fill(normal, [ELEMENTS], { seed: 1 })).data();
  const first = lap();
  const { description } = sampler;
  sampler.destroy();
  return { import: imported, device, pipelines, first, description };
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
