import { ArgumentError } from '../../../core/errors';
import type { KernelCode } from '../../../distributions/key_words';
import type { Job } from '../../../jobs/job';
import { type Kernel, type SamplingKernel, SHADERS } from './shaders';

/** The WGSL of the kernels beyond `SHADERS`. Few programs need it, so it is loaded for the first that is asked for. */
let sampling: Readonly<Record<SamplingKernel, KernelCode>> | undefined;

/** Gives the library the WGSL. An entry calls it whose functions cannot wait. */
export function provideShaders(shaders: Readonly<Record<SamplingKernel, KernelCode>>): void {
  sampling = shaders;
}

/** Loads the WGSL of all kernels. */
export async function loadShaders(): Promise<void> {
  sampling ??= (await import('./sampling')).SAMPLING_SHADERS;
}

/** Whether the WGSL of a kernel of the jobs is not loaded yet. */
export function lacksShadersOf(jobs: readonly Job[]): boolean {
  return (
    sampling === undefined &&
    jobs.some(({ stretches }) =>
      stretches.some(({ params: { kernel } }) => kernel !== 'foreign' && !Object.hasOwn(SHADERS, kernel)),
    )
  );
}

/**
 * The WGSL of a kernel.
 * @throws ArgumentError where it is not loaded
 */
export function shaderOf(kernel: Kernel): KernelCode {
  const code =
    (SHADERS as Partial<Record<Kernel, KernelCode>>)[kernel] ?? sampling?.[kernel as SamplingKernel];
  if (code !== undefined) return code;
  throw new ArgumentError(
    `${kernel} needs a kernel that is loaded when it is first used: await sampler.load() before encode`,
  );
}
