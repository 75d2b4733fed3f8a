/** Twin of shaders/kernels/constant.wgsl. */
import type { ConstantParameters } from '../../../distributions/constant';
import type { Patterns } from '../computer';

export function fillConstant({ pattern }: ConstantParameters, out: Patterns): void {
  out.fill(pattern); // an array of halves or bytes keeps the lower bits, which are one element
}
