import type { Dtype } from '../core/dtype';
import { ArgumentError, show } from '../core/errors';
import type { Shape } from '../core/shape';
import type { Filling } from '../initializers';

/**
 * One tensor of a model: its name, its shape, and what fills it.
 *
 * @example
 * ```ts
 * import { initModel, type TensorDescription } from 'tensorseed/models';
 *
 * const w: TensorDescription = { name: 'w', shape: [3, 4], initializer: 'he_normal', dtype: 'float16' };
 * const model = await initModel({ tensors: [w] }, { seed: 42 });
 * console.log(model.weights[0].dtype); // float16
 * model.destroy();
 * ```
 */
export interface TensorDescription {
  /** Its name, which no other tensor of the model has. */
  readonly name: string;
  /** Its sizes in elements. */
  readonly shape: Shape;
  /** What fills it: an initializer, or a list of parts that follow one another in row-major order. */
  readonly initializer: Filling;
  /** The element type, where the tensor has one of its own. Default: the model's. */
  readonly dtype?: Dtype;
  /**
   * The name from which, with the seed, its stream follows; no other tensor has the same one. Default: `name`. So a
   * tensor can be renamed and keep its values.
   */
  readonly streamName?: string;
}

/**
 * A model as a list of named tensors.
 *
 * @example
 * ```ts
 * import { describeModel, type ModelDescription } from 'tensorseed/models';
 *
 * const model: ModelDescription = {
 *   name: 'linear',
 *   tensors: [
 *     { name: 'w', shape: [3, 4], initializer: 'glorot_uniform' },
 *     { name: 'b', shape: [4], initializer: 'zeros' },
 *   ],
 * };
 * console.log(describeModel(model).name); // linear
 * ```
 */
export interface ModelDescription {
  /** The model's name. Default: none. */
  readonly name?: string | undefined;
  /** Its tensors, at most 100000, each under a name of its own. */
  readonly tensors: readonly TensorDescription[];
}

/** The most tensors that a model may have. */
export const MAX_TENSORS = 100_000;

type Named = Pick<TensorDescription, 'name' | 'streamName'>;

/**
 * Refuses tensors with the same name, and those that would share a stream.
 * @param file the file's name for messages
 * @throws ArgumentError naming the tensor
 */
export function checkNames(file: string, tensors: readonly Named[]): void {
  const seen = new Set<string>();
  const streams = new Set<string>();
  for (const tensor of tensors) {
    const { name } = tensor;
    if (seen.has(name)) throw new ArgumentError(`${file} has two tensors named ${show(name)}`);
    const stream = streamNameOf(tensor);
    if (streams.has(stream))
      throw new ArgumentError(
        `${file} has two tensors with the stream of ${show(stream)}: give ${show(name)} another "streamName"`,
      );
    seen.add(name);
    streams.add(stream);
  }
}

/** The name from which the stream of a tensor follows. */
export function streamNameOf({ name, streamName = name }: Named): string {
  return streamName;
}
