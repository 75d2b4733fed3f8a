/** Twin of shaders/kernels/eye.wgsl. */
import { diagonalWithin } from '../../../distributions/diagonal';
import type { ParametersOf } from '../../../distributions/parameters';

/** Elements [start, start + out.length) of the matrix; patterns are already those of the dtype. */
export function fillEye(params: ParametersOf<'eye'>, start: number, out: Uint32Array | Uint16Array): void {
  out.fill(0);
  const { first, end, step } = diagonalWithin(params.rows, params.columns, start, out.length);
  for (let slot = first; slot < end; slot += step) out[slot] = params.pattern;
}
