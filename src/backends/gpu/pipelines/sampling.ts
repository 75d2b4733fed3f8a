import * as bernoulli from '../../../../shaders/kernels/bernoulli.wgsl';
import * as bernoulli_packed from '../../../../shaders/kernels/bernoulli_packed.wgsl';
import * as permutation from '../../../../shaders/kernels/permutation.wgsl';
import * as poisson from '../../../../shaders/kernels/poisson.wgsl';
import * as randint from '../../../../shaders/kernels/randint.wgsl';
import * as sparse from '../../../../shaders/kernels/sparse.wgsl';
import * as copy from '../../../../shaders/streams/copy.wgsl';
import * as exponential from '../../../../shaders/kernels/exponential.wgsl';
import * as laplace from '../../../../shaders/kernels/laplace.wgsl';
import * as logistic from '../../../../shaders/kernels/logistic.wgsl';
import * as gumbel from '../../../../shaders/kernels/gumbel.wgsl';
import * as gamma from '../../../../shaders/kernels/gamma.wgsl';
import * as lognormal from '../../../../shaders/kernels/lognormal.wgsl';
import type { KernelCode } from '../../../distributions/key_words';
import type { SamplingKernel } from './shaders';

/**
 * The linked WGSL of the kernels of draws that no initializer of Keras needs. It is loaded when one of them is
 * first used.
 */
export const SAMPLING_SHADERS: Readonly<Record<SamplingKernel, KernelCode>> = {
  bernoulli,
  bernoulli_packed,
  permutation,
  poisson,
  randint,
  sparse,
  copy,
  exponential,
  laplace,
  logistic,
  gumbel,
  gamma,
  lognormal,
};
