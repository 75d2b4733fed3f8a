import type { ComputeRequest } from './compute';
import type { Request } from './request';
import { currentTarget } from './target';

/** One way to run the library's shaders. */
export interface Runner {
  readonly name: string;
  /** WebGPU itself, where the tests run in the same process: Dawn, not a browser or Deno. */
  readonly gpu?: GPU;
  /** A device with the adapter's largest buffers, likewise. */
  readonly device?: GPUDevice;
  /**
   * Fills on this runner's GPU and returns the raw bytes, of several tensors at once one after the other.
   * Rejects on any WebGPU error.
   */
  fill(request: Request): Promise<Uint8Array>;
  /**
   * Fills likewise on a device that says that it is a GPU, by kernels with integers of 64 bits: Deno alone. Rejects
   * where the kernel of that label has none.
   */
  fillWide?(request: Request, label: string): Promise<Uint8Array>;
  /** Fills likewise and returns the SHA-256 of the bytes, in hex: for what is too large to carry out of a page. */
  sha256(request: Request): Promise<string>;
  /** Runs a test's own kernel, to try shader functions by themselves. */
  compute(request: ComputeRequest): Promise<Uint32Array>;
}

let opened: Promise<Runner> | undefined;

/**
 * The runner of the vitest project that this test belongs to. It is opened once and serves all files of this process,
 * since software drivers take minutes to compile the shaders. It ends with the process.
 */
export function openRunner(): Promise<Runner> {
  return (opened ??= open());
}

async function open(): Promise<Runner> {
  const { name, skip } = currentTarget();
  if (skip) throw new Error(`${name} cannot run here: ${skip}`);
  if (name === 'chromium' || name === 'firefox') return (await import('./browser_page')).openPageRunner(name);
  if (name.startsWith('deno-')) return (await import('./deno')).openDenoRunner(name);
  return (await import('./dawn')).openDawnRunner(name);
}
