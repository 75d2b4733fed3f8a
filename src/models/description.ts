import type { Dtype } from '../core/dtype';
import { ArgumentError, show } from '../core/errors';
import type { Shape } from '../core/shape';
import type { Filling } from '../initializers';

/** One tensor of a model: its name, its shape, and what fills it. */
export interface TensorDescription {
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: Filling;
  /** The element type, where the tensor has one of its own. Default: the model's. */
  readonly dtype?: Dtype;
}

/** A model as a list of named tensors. */
export interface ModelDescription {
  readonly name?: string;
  readonly tensors: readonly TensorDescription[];
}

/** The most tensors that a model may have. */
export const MAX_TENSORS = 100_000;

/**
 * Refuses tensors with the same name, which would share a stream.
 * @param file the file's name for messages
 * @throws ArgumentError naming the tensor
 */
export function checkNames(file: string, tensors: readonly { readonly name: string }[]): void {
  const seen = new Set<string>();
  for (const { name } of tensors) {
    if (seen.has(name)) throw new ArgumentError(`${file} has two tensors named ${show(name)}`);
    seen.add(name);
  }
}
