import type { Range, Shape } from '../core/shape';
import {
  type InitializerSpec,
  type Part,
  type ResolvedPart,
  resolveInitializer,
} from '../initializers/resolve';

export {
  type InitializerSpec as Filling,
  isParts,
  type Part,
  type ResolvedPart as Stretch,
} from '../initializers/resolve';
export { specLabel as fillingLabel } from '../initializers/label';

/** A part that says where it begins. */
export interface TensorPart extends Part {
  /** Its first element, counted row-major in the whole tensor: where the part before it ends. */
  readonly start: number;
}

export function stretches(
  shape: Shape,
  spec: InitializerSpec,
  range?: Partial<Range>,
): readonly ResolvedPart[] {
  return resolveInitializer(spec, shape, range);
}
