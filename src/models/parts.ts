import type { Range, Shape } from '../core/shape';
import { type Filling, type Part, type ResolvedPart, resolveFilling } from '../initializers/resolve';

export { type Filling, isParts, type Part, type ResolvedPart as Stretch } from '../initializers/resolve';
export { fillingLabel } from '../initializers/label';

/** A part that says where it begins. */
export interface TensorPart extends Part {
  /** Its first element, counted row-major in the whole tensor: where the part before it ends. */
  readonly start: number;
}

export function stretches(shape: Shape, filling: Filling, range?: Partial<Range>): readonly ResolvedPart[] {
  return resolveFilling(filling, shape, range);
}
