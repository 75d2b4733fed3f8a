import * as normal_half from '../../../../shaders/kernels/normal_half.wgsl';
import type { KernelCode } from '../../../distributions/key_words';
import type { HalfKernel } from './shaders';

/** The linked WGSL of kernels for float16 and bfloat16. It is loaded when one of them is first used. */
export const HALF_SHADERS: Readonly<Record<HalfKernel, KernelCode>> = { normal_half };
