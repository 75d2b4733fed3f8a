/** Twin of shaders/kernels/constant.wgsl. */
import { type Dtype, isHalf } from '../../../core/dtype';
import type { ConstantParameters } from '../../../distributions/constant';
import type { Patterns } from '../computer';

export function fillConstant({ pattern }: ConstantParameters, dtype: Dtype, out: Patterns): void {
  out.fill(isHalf(dtype) ? pattern & 0xffff : pattern);
}
