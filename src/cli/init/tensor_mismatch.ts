import { show } from '../../core/errors';
import type { Mismatch } from '../../verify/comparison';

/** An element of one of several tensors that is not what it should be. */
export interface TensorMismatch extends Mismatch {
  readonly name: string;
}

/**
 * @param from what the tensor differs from, where that has to be said, such as ` from the CPU
 *   reference`
 */
export function mismatchText({ name, element, got, want }: TensorMismatch, from = ''): string {
  return `tensor ${show(name)} differs${from}, first at element ${element}: ${got}, not ${want}`;
}
