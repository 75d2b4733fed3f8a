import { ArgumentError } from '../../core/errors';
import { type Dims, type TensorShape, UnknownShape } from './shape';

/** A symbolic tensor among a call's arguments. */
export class Tensor {
  constructor(readonly shape: TensorShape) {}
}

/** What a layer returns where it is not one tensor. */
export class Many {
  constructor(readonly shapes: readonly TensorShape[]) {}
}

/** One call of a layer: Tensors anywhere in lists and objects of JSON. */
export class Call {
  /** @param args the positional arguments, @param kwargs the named ones */
  constructor(
    readonly args: readonly unknown[],
    readonly kwargs: Readonly<Record<string, unknown>> = {},
  ) {}

  static of(...shapes: TensorShape[]): Call {
    return new Call([shapes.length === 1 ? new Tensor(shapes[0]) : shapes.map((shape) => new Tensor(shape))]);
  }

  /** Every tensor of every argument. */
  get tensors(): readonly Tensor[] {
    return tensorsIn([this.args, this.kwargs]);
  }

  /** The shapes of the tensors in the first argument. */
  get shapes(): readonly Dims[] {
    return tensorsIn(this.args[0]).map(dimsOf);
  }

  /** The shape of the first tensor. */
  get shape(): Dims {
    const tensor = tensorsIn(this.args[0])[0] ?? this.tensors[0];
    if (!tensor) throw new ArgumentError('it is called without an input tensor');
    return dimsOf(tensor);
  }

  /** The shape of a tensor argument, by position or name; undefined where it is absent or null. */
  argument(position: number, name: string): Dims | undefined {
    const tensor = tensorsIn(this.kwargs[name] ?? this.args[position])[0];
    return tensor && dimsOf(tensor);
  }
}

/** The tensors in a structure, in Keras's order: lists as they are, objects by their sorted keys. */
export function tensorsIn(structure: unknown): Tensor[] {
  if (structure instanceof Tensor) return [structure];
  if (Array.isArray(structure)) return structure.flatMap(tensorsIn);
  if (typeof structure !== 'object' || structure === null) return [];
  return Object.keys(structure)
    .sort()
    .flatMap((key) => tensorsIn((structure as Record<string, unknown>)[key]));
}

function dimsOf({ shape }: Tensor): Dims {
  if (shape instanceof UnknownShape)
    throw new ArgumentError(`its weights depend on ${shape.source}, whose shape is not known`);
  return shape;
}
