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
import type { KernelCode } from '../../../distributions/key_words';
import type { Kernel } from '../../../distributions/parameters';

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

/** The kernels that do in halves what others do as well, but faster. */
export type HalfKernel = 'normal_half';

/** The kernels of all other draws. */
export type SamplingKernel = Exclude<Kernel, keyof typeof SHADERS | HalfKernel>;
