import type { Computer } from './computer';
import { Fast } from './threads/fast';
import { REFERENCE } from './reference/reference';

/**
 * What the CPU backend computes with: 'fast', which is WebAssembly SIMD over threads, or 'reference', which
 * is readable TypeScript. Both give the same bits. Where WebAssembly SIMD is missing, 'fast' is the
 * reference.
 *
 * @example
 * ```ts
 * import { type CpuPath, Sampler } from 'tensorseed';
 *
 * const cpu: CpuPath = 'reference';
 * const sampler = await Sampler.create({ backend: 'cpu', cpu });
 * const tensor = await sampler.fill('ones', [2]);
 * console.log(await tensor.data()); // Float32Array(2) [ 1, 1 ]
 * sampler.destroy();
 * ```
 */
export type CpuPath = 'fast' | 'reference';

/** Every path. */
export const CPU_PATHS: readonly CpuPath[] = ['fast', 'reference'];

/** @param threads the number of threads to use at most */
export async function openComputer(path: CpuPath, threads?: number): Promise<Computer> {
  if (path === 'reference') return REFERENCE;
  return (await Fast.open(threads)) ?? REFERENCE;
}
