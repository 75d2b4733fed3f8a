import type { Shape } from '../../core/shape';

/** A tensor of a published model. */
export interface NamedShape {
  readonly name: string;
  readonly shape: Shape;
}

/** The tensor `weight` of a layer. */
export function weight(layer: string, ...shape: number[]): NamedShape {
  return { name: `${layer}.weight`, shape };
}

/** The tensors `weight` and `bias` of a layer. The bias has `outputs` elements. */
export function withBias(layer: string, shape: Shape, outputs = shape[0]): NamedShape[] {
  return [weight(layer, ...shape), { name: `${layer}.bias`, shape: [outputs] }];
}

/** The tensors of `block(0)`, `block(1)` and so on, in one list. */
export function repeat(times: number, block: (index: number) => NamedShape[]): NamedShape[] {
  return Array.from({ length: times }, (_, index) => block(index)).flat();
}
