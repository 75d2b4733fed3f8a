import { ArgumentError } from '../../core/errors';

/** All that computes on a GPU. It is the larger part of the library, so it is loaded when it is first used. */
export type GpuCode = typeof import('./code');

let code: GpuCode | undefined;

/** The code, or undefined where it is not loaded. */
export function gpuCode(): GpuCode | undefined {
  return code;
}

/** Loads the code, once. */
export async function loadGpuCode(): Promise<GpuCode> {
  code ??= await import('./code');
  return code;
}

/** Gives the code to the library. An entry calls it whose functions cannot wait. */
export function provideGpuCode(provided: GpuCode): void {
  code = provided;
}

/**
 * The code, for functions that cannot wait.
 * @throws ArgumentError where it is not loaded
 */
export function loadedGpuCode(): GpuCode {
  if (code !== undefined) return code;
  throw new ArgumentError(
    'the code for GPUs is loaded when it is first used: await sampler.load() before encode, or make the sampler by await Sampler.create({ device })',
  );
}
