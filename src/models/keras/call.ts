import { ArgumentError, show } from '../../core/errors';
import { type Dims, type TensorShape, UnknownShape } from './shape';
import { instancesIn, leaves } from './structure';

/** A tensor among the arguments of a call, of which only the shape is known. */
export class SymbolicTensor {
  constructor(readonly shape: TensorShape) {}
}

/** The shapes of what a layer returns, where that is not one tensor. */
export class Outputs {
  constructor(readonly shapes: readonly TensorShape[]) {}
}

/** One call of a layer. Its arguments are JSON with symbolic tensors anywhere in lists and objects. */
export class Call {
  /** @param args the positional arguments, @param kwargs the named ones */
  constructor(
    readonly args: readonly unknown[],
    readonly kwargs: Readonly<Record<string, unknown>> = {},
  ) {}

  /** A call with one argument: a tensor of that shape, or a list of tensors where there are more shapes. */
  static of(...shapes: TensorShape[]): Call {
    const tensors = shapes.map((shape) => new SymbolicTensor(shape));
    return new Call([tensors.length === 1 ? tensors[0] : tensors]);
  }

  /** Every tensor of every argument. */
  get tensors(): readonly SymbolicTensor[] {
    return tensorsIn([this.args, this.kwargs]);
  }

  /** The number of its arguments, each value in a list or an object counted. */
  get size(): number {
    return leaves([this.args, this.kwargs]);
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

function tensorsIn(structure: unknown): SymbolicTensor[] {
  return instancesIn(structure, SymbolicTensor);
}

function dimsOf({ shape }: SymbolicTensor): Dims {
  if (shape instanceof UnknownShape)
    throw new ArgumentError(
      `its weights depend on ${shape.source}, whose shape is not known: ` +
        `options.customLayers[${show(shape.className)}] can give its weights and output shape`,
    );
  return shape;
}
