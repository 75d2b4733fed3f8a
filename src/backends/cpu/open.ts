import { CpuBackend } from './backend';
import type { Computer } from './computer';
import type { CpuOptions } from './options';
import { REFERENCE } from './reference/reference';

/**
 * Opens the CPU backend.
 * @throws DeviceError where a URL of the options does not give what it should
 */
export async function openCpu(options: CpuOptions): Promise<CpuBackend> {
  return new CpuBackend(await openComputer(options));
}

async function openComputer({ path, threads, wasmUrl, workerUrl }: CpuOptions): Promise<Computer> {
  if (path === 'reference') return REFERENCE;
  if (typeof WebAssembly !== 'object') return referenceBecause('WebAssembly is missing');
  const { Fast } = await import('./wasm/fast');
  const fast = await Fast.open({ threads, wasmUrl, workerUrl });
  return 'missing' in fast ? referenceBecause(fast.missing) : fast;
}

/** The reference in the place of the fast path. */
function referenceBecause(reason: string): Computer {
  return { ...REFERENCE, description: `${REFERENCE.description}, because ${reason}` };
}
