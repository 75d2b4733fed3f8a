import type { Part } from '../initializers';

/**
 * A part of a weight that says where it begins.
 *
 * @example
 * ```ts
 * import { layers, Sequential, type TensorPart } from 'tensorseed/models';
 *
 * const bias = new Sequential([layers.lstm({ units: 8, inputShape: [null, 4] })]).weights[2];
 * const parts: readonly TensorPart[] = bias.parts ?? [];
 * console.log(parts.map(({ start, shape }) => `${start}+${shape}`).join(' ')); // 0+8 8+8 16+16
 * ```
 */
export interface TensorPart extends Part {
  /** Its first element, counted row-major in the whole tensor: where the part before it ends. */
  readonly start: number;
}
