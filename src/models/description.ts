import type { Dtype } from '../core/dtype';
import { ArgumentError, show } from '../core/errors';
import type { Shape } from '../core/shape';
import type { Filling } from './parts';

/** One tensor of a model: what it is called, how large it is and how it is filled. */
export interface TensorDescription {
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: Filling;
  /** The element type, where the tensor has one of its own. */
  readonly dtype?: Dtype;
}

/** A model as a list of named tensors. */
export interface ModelDescription {
  readonly name?: string;
  readonly tensors: readonly TensorDescription[];
}

export const MAX_TENSORS = 100_000;

/** @throws ArgumentError where two tensors have one name, and so would share a stream */
export function checkNames(file: string, tensors: readonly { readonly name: string }[]): void {
  const seen = new Set<string>();
  for (const { name } of tensors) {
    if (seen.has(name)) throw new ArgumentError(`${file} has two tensors named ${show(name)}`);
    seen.add(name);
  }
}
