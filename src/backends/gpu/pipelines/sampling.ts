import * as bernoulli from '../../../../shaders/kernels/bernoulli.wgsl';
import type { KernelCode } from '../../../distributions/key_words';
import type { SamplingKernel } from './shaders';

/**
 * The linked WGSL of the kernels of draws that no initializer of Keras needs. It is loaded when one of them is
 * first used.
 */
export const SAMPLING_SHADERS: Readonly<Record<SamplingKernel, KernelCode>> = {
  bernoulli,
};
