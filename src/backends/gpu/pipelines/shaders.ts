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
import * as exponential from '../../../../shaders/kernels/exponential.wgsl';
import * as gumbel from '../../../../shaders/kernels/gumbel.wgsl';
import * as laplace from '../../../../shaders/kernels/laplace.wgsl';
import * as logistic from '../../../../shaders/kernels/logistic.wgsl';
import * as lognormal from '../../../../shaders/kernels/lognormal.wgsl';
import type { Kernel } from '../../../distributions/parameters';
import type { Dispatch } from '../../../jobs/plan';

export type { Kernel };

/** The linked WGSL of every kernel, for whole groups and for ragged ones. */
export const SHADERS: Readonly<Record<Kernel, Readonly<Record<Dispatch['variant'], string>>>> = {
  bits,
  constant,
  eye,
  exponential,
  gumbel,
  laplace,
  logistic,
  lognormal,
  normal,
  normal_native,
  orthogonal,
  truncated_normal,
  truncated_normal_native,
  uniform,
};
