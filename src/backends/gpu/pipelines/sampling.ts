import * as bernoulli from '../../../../shaders/kernels/bernoulli.wgsl';
import * as sparse from '../../../../shaders/kernels/sparse.wgsl';
import * as stft from '../../../../shaders/streams/copy.wgsl';
import { stftElements } from '../../../arithmetic/stft';
import type { KernelCode } from '../../../distributions/key_words';
import type { SamplingKernel, SamplingWords } from './shaders';

/**
 * The linked WGSL of the kernels of draws that no initializer of Keras needs. It is loaded when one of them is
 * first used.
 */
export const SAMPLING_SHADERS: Readonly<Record<SamplingKernel, KernelCode>> = {
  bernoulli,
  sparse,
  stft,
};

/** What the host computes for those of them that copy it. */
export const SAMPLING_WORDS: SamplingWords = { stft: stftElements };
