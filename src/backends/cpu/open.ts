import type { Computer } from './computer';
import { Fast } from './threads/fast';
import { REFERENCE } from './reference/reference';

/** 'fast' is the same bits in WebAssembly, and the reference where that is missing. */
export const CPU_PATHS = ['fast', 'reference'] as const;
export type CpuPath = (typeof CPU_PATHS)[number];

/** @param threads to use at most */
export async function openComputer(path: CpuPath, threads?: number): Promise<Computer> {
  if (path === 'reference') return REFERENCE;
  return (await Fast.open(threads)) ?? REFERENCE;
}
