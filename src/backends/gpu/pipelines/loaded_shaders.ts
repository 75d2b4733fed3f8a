import { ArgumentError } from '../../../core/errors';
import type { KernelCode } from '../../../distributions/key_words';
import type { Job } from '../../../jobs/job';
import { type Kernel, SHADERS } from './shaders';

/** The WGSL of the kernels that are loaded. Few programs need those beyond `SHADERS`. */
const loaded: Partial<Record<Kernel, KernelCode>> = { ...SHADERS };

/** Gives the library WGSL. An entry calls it whose functions cannot wait. */
export function provideShaders(shaders: Readonly<Partial<Record<Kernel, KernelCode>>>): void {
  Object.assign(loaded, shaders);
}

/** Loads the WGSL of the kernels of the jobs, and by default of all kernels. */
export async function loadShaders(jobs?: readonly Job[]): Promise<void> {
  const lacks = (halves: boolean): boolean =>
    jobs === undefined || missingOf(jobs).some((kernel) => (kernel === 'normal_half') === halves);
  if (lacks(true)) provideShaders((await import('./halves')).HALF_SHADERS);
  if (lacks(false)) provideShaders((await import('./sampling')).SAMPLING_SHADERS);
}

/** Whether the WGSL of a kernel of the jobs is not loaded yet. */
export function lacksShadersOf(jobs: readonly Job[]): boolean {
  return missingOf(jobs).length > 0;
}

/** The kernels of the jobs that are not loaded yet. */
function missingOf(jobs: readonly Job[]): string[] {
  return jobs
    .flatMap(({ stretches }) => stretches.map(({ params }) => params.kernel))
    .filter((kernel) => kernel !== 'foreign' && !Object.hasOwn(loaded, kernel));
}

/** The kernel that gives the values of another one now: that for halves is not always loaded, and is only faster. */
export function usableKernel(kernel: Kernel): Kernel {
  return kernel === 'normal_half' && !loaded[kernel] ? 'normal' : kernel;
}

/**
 * The WGSL of a kernel.
 * @throws ArgumentError where it is not loaded
 */
export function shaderOf(kernel: Kernel): KernelCode {
  const code = loaded[kernel];
  if (code !== undefined) return code;
  throw new ArgumentError(
    `${kernel} needs a kernel that is loaded when it is first used: await sampler.load() before encode`,
  );
}
