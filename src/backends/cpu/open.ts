import type { Computer } from './computer';
import { Fast } from './threads/fast';
import { REFERENCE } from './reference/reference';

/** 'fast' computes the same bits in WebAssembly, or by the reference where WebAssembly is missing. */
export const CPU_PATHS = ['fast', 'reference'] as const;
export type CpuPath = (typeof CPU_PATHS)[number];

/**
 * What computes on the CPU.
 * @param threads to use at most
 */
export async function openComputer(path: CpuPath, threads?: number): Promise<Computer> {
  if (path === 'reference') return REFERENCE;
  return (await Fast.open(threads)) ?? REFERENCE;
}
