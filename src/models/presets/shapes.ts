import type { Shape } from '../../core/shape';

/** A tensor of a published model. */
export interface NamedShape {
  readonly name: string;
  readonly shape: Shape;
}

/** A layer's `weight`. */
export function weight(layer: string, ...shape: number[]): NamedShape {
  return { name: `${layer}.weight`, shape };
}

/** A layer's `weight` and, as long as `outputs`, its `bias`. */
export function withBias(layer: string, shape: Shape, outputs = shape[0]): NamedShape[] {
  return [weight(layer, ...shape), { name: `${layer}.bias`, shape: [outputs] }];
}

/** `block(0)`, `block(1)`, … as one list. */
export function repeat(times: number, block: (index: number) => NamedShape[]): NamedShape[] {
  return Array.from({ length: times }, (_, index) => block(index)).flat();
}
