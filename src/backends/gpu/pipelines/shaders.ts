// The bundle compresses best in this order, in which neighbours have most in common.
import * as constant from '../../../../shaders/kernels/constant.wgsl';
import * as eye from '../../../../shaders/kernels/eye.wgsl';
import * as orthogonal from '../../../../shaders/kernels/orthogonal.wgsl';
import * as bits from '../../../../shaders/kernels/bits.wgsl';
import * as uniform from '../../../../shaders/kernels/uniform.wgsl';
import * as normal from '../../../../shaders/kernels/normal.wgsl';
import * as truncated_normal from '../../../../shaders/kernels/truncated_normal.wgsl';
import * as normal_native from '../../../../shaders/kernels/normal_native.wgsl';
import * as truncated_normal_native from '../../../../shaders/kernels/truncated_normal_native.wgsl';
import { ArgumentError } from '../../../core/errors';
import type { KernelCode } from '../../../distributions/key_words';
import type { Kernel, ParametersOf } from '../../../distributions/parameters';
import type { Job } from '../../../jobs/job';

export type { Kernel };

/** The linked WGSL of the kernels of Keras's initializers, for whole groups and for ragged ones. */
export const SHADERS = {
  bits,
  constant,
  eye,
  normal,
  normal_native,
  orthogonal,
  truncated_normal,
  truncated_normal_native,
  uniform,
} satisfies Partial<Record<Kernel, KernelCode>>;

/** The kernels of all other draws. */
export type SamplingKernel = Exclude<Kernel, keyof typeof SHADERS>;

/** What the host computes for the elements [start, start + count) of a draw whose kernel copies it. */
export interface SamplingWords {
  readonly stft: (params: ParametersOf<'stft'>, start: number, count: number) => Uint32Array<ArrayBuffer>;
}

/** Their WGSL. Few programs need it, so it is loaded for the first that is asked for. */
let sampling: Readonly<Record<SamplingKernel, KernelCode>> | undefined;
let words: SamplingWords | undefined;

/** Loads the WGSL of all kernels. */
export async function loadShaders(): Promise<void> {
  if (sampling === undefined)
    ({ SAMPLING_SHADERS: sampling, SAMPLING_WORDS: words } = await import('./sampling'));
}

/**
 * What computes the words of a kernel on the host.
 * @throws ArgumentError where it is not loaded
 */
export function samplingWords<K extends keyof SamplingWords>(kernel: K): SamplingWords[K] {
  return words?.[kernel] ?? notLoaded(kernel);
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
  return notLoaded(kernel);
}

function notLoaded(kernel: Kernel): never {
  throw new ArgumentError(
    `${kernel} needs a kernel that is loaded when it is first used: await sampler.load() before encode`,
  );
}
