import type { Shape } from '../shape';
import type { InitializerSource } from './initializer_source';

/**
 * A run of a tensor's elements with an initializer of its own. Element `i` of the tensor still is
 * element `i` of the tensor's stream (STREAM.md, section 3): a part is the range
 * [start, start + size of `shape`) of the whole, filled by what its initializer resolves to.
 */
export interface TensorPart {
  /** The first element, counted row-major in the whole tensor. */
  readonly start: number;
  /** The shape that the initializer sees, so that fans are the part's; its size is the number of elements. */
  readonly shape: Shape;
  readonly initializer: InitializerSource;
}
