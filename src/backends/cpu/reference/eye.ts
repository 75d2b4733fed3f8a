/** Twin of shaders/kernels/eye.wgsl. */
import { diagonalsWithin } from '../../../distributions/diagonal';
import type { ParametersOf } from '../../../distributions/parameters';
import type { Patterns } from '../computer';

/**
 * Fills `out` with the elements of the tensor from `start` on. `params` has the pattern for the dtype
 * already.
 */
export function fillEye(params: ParametersOf<'eye'>, start: number, out: Patterns): void {
  out.fill(0);
  const { first, end, step, period, length } = diagonalsWithin(params.diagonals, start, out.length);
  for (let group = first; group < end; group += period) {
    const groupEnd = Math.min(group + length, end);
    let slot = group < 0 ? group + Math.ceil(-group / step) * step : group;
    for (; slot < groupEnd; slot += step) out[slot] = params.pattern;
  }
}
