import type { Part } from '../initializers';

/** A part that says where it begins. */
export interface TensorPart extends Part {
  /** Its first element, counted row-major in the whole tensor: where the part before it ends. */
  readonly start: number;
}
