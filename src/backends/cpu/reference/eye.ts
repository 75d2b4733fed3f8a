/** Twin of shaders/kernels/eye.wgsl. */
import { diagonalWithin } from '../../../distributions/diagonal';
import type { ParametersOf } from '../../../distributions/parameters';
import type { Patterns } from '../computer';

/**
 * Fills `out` with the elements of the matrix from `start` on. `params` has the pattern for the dtype
 * already.
 */
export function fillEye(params: ParametersOf<'eye'>, start: number, out: Patterns): void {
  out.fill(0);
  const { first, end, step } = diagonalWithin(params.rows, params.columns, start, out.length);
  for (let slot = first; slot < end; slot += step) out[slot] = params.pattern;
}
