import type { Dtype } from '../core/dtype';
import type { CopiedTensor } from './copied';
import type { ModelDescription, TensorDescription } from './description';
import { inOrderOf } from './in_order_of';
import {
  type KerasModel,
  print,
  printSummary,
  readSummaryOptions,
  type SummaryArguments,
  type SummaryOptions,
} from './keras';
import { type ListedTensor, tensorTable } from './tensor_table';

/**
 * A model from any source, with the name and the shape of every tensor, and what fills it.
 *
 * @example
 * ```ts
 * import { describeModel, type LoadedModel } from 'tensorseed/models';
 *
 * const model: LoadedModel = describeModel('gpt2');
 * console.log(model.name, model.tensors.length, model.notes.length); // gpt2 148 0
 * ```
 */
export class LoadedModel implements ModelDescription {
  /**
   * `describeModel` makes it.
   * @hidden
   */
  constructor(
    /** The model's name, such as a preset's; undefined where its source has none. */
    readonly name: string | undefined,
    /** The tensors that are filled, in the source's order, each under a name of its own. */
    readonly tensors: readonly TensorDescription[],
    /** What its user should know, a sentence each, such as which tensors were left out. */
    readonly notes: readonly string[],
    /** The Keras model, where the source was one. */
    readonly keras?: KerasModel,
    /** The tensors that keep the values of a checkpoint, in its order. They are none of `tensors`. */
    readonly copies: readonly CopiedTensor[] = [],
    /** The names of all tensors, filled and copied, in the source's order. */
    readonly names: readonly string[] = tensors.map(({ name }) => name),
  ) {
    loaded.add(Object.freeze(this));
  }

  /**
   * Prints a table: of layers, as Keras draws it, for a Keras model, and of tensors for any other. `printFn` is called
   * with each line, and is `console.log` by default. TensorFlow.js's arguments are taken, too:
   * `summary(lineLength, positions, printFn)`.
   * @returns the same lines as one text
   * @throws ArgumentError for an unknown option, one that cannot be right, and one about layers where there are none
   *
   * @example
   * ```ts
   * import { describeModel } from 'tensorseed/models';
   *
   * const lines: string[] = [];
   * describeModel('gpt2').summary({ printFn: (line) => lines.push(line) });
   * console.log(lines.at(-1)); // Total params: 124,439,808 (474.70 MB)
   * ```
   */
  summary(options?: SummaryOptions): string;
  summary(
    lineLength?: number | null,
    positions?: readonly number[] | null,
    printFn?: ((line: string) => void) | null,
  ): string;
  summary(...args: SummaryArguments): string {
    return summaryOf(this, args, [...this.tensors, ...this.copies], 'float32');
  }
}

/**
 * What the summary of a model prints and returns.
 * @param tensors its tensors in any order, with their types where these are known
 * @param dtype the type of a Keras model's weights without one of their own
 */
export function summaryOf(
  model: LoadedModel,
  args: SummaryArguments,
  tensors: readonly ListedTensor[],
  dtype: Dtype,
): string {
  if (model.keras !== undefined) return printSummary(model.keras, args, dtype);
  const options = readSummaryOptions(args);
  return print(tensorTable(inOrderOf(model.names, tensors), options), options);
}

/** The models that the constructor made. An object of the same prototype need not have a model's members. */
const loaded = new WeakSet<object>();

/** Whether it is a model that was read, and not an object of the same prototype. */
export function isLoaded(source: object): source is LoadedModel {
  return loaded.has(source);
}
