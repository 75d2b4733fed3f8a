import { bytesPerElement } from '../../src/core/dtype';
import { elementCount } from '../../src/core/shape';
import {
  type Draw,
  type Dtype,
  type Initializer,
  initializers,
  type MathMode,
  type Shape,
  type Stream,
} from '../../src/index';
import { describeModel } from '../../src/models';
import { streamNamed } from '../../src/streams/named';
import type { Case, Entry } from './case';
import { DRAWS } from './draws';

/** A tensor that this library fills, and where in the case's memory it lies. */
export interface TensorFill {
  readonly initializer: Initializer;
  readonly shape: Shape;
  readonly count: number;
  readonly byteOffset: number;
  /** What `fill` and `encode` take. */
  readonly options: {
    readonly seed: number;
    readonly name?: string;
    readonly dtype: Dtype;
    readonly math?: MathMode;
    readonly stream?: Stream;
  };
}

const SEED = 42;

/** Tensors of a model lie one after the other, on multiples of what every device accepts as an offset. */
const ALIGNMENT = 256;

/** The tensors that an entry fills: one, or those of the case's model. */
export function fillingsOf(
  { draw, dtype, math, stream, dispatch }: Entry,
  { shape, model }: Case,
): TensorFill[] {
  const options = {
    seed: SEED,
    dtype,
    math,
    ...(stream !== undefined && { stream: streamNamed('the stream of a case', stream) }),
  };
  if (dispatch !== 'all' || model === undefined) {
    return [{ initializer: DRAWS[draw](), shape, count: elementCount(shape), byteOffset: 0, options }];
  }
  let end = 0;
  return describeModel(model).tensors.map(({ name, shape, initializer: source }) => {
    const initializer = initializers.get(source as string)!; // none of these models has a tensor of parts
    const byteOffset = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
    const count = elementCount(shape);
    end = byteOffset + bufferBytes(count, dtype);
    return { initializer, shape, count, byteOffset, options: { ...options, name } };
  });
}

/** Bytes of a buffer for so many elements: whole words. */
function bufferBytes(count: number, dtype: Dtype): number {
  return Math.ceil((count * bytesPerElement(dtype)) / 4) * 4;
}

/** The bytes that an entry writes into. */
export function bytesOf(entry: Entry, of: Case): number {
  return fillingsOf(entry, of).reduce(
    (end, { byteOffset, count }) => Math.max(end, byteOffset + bufferBytes(count, entry.dtype)),
    4,
  );
}

export function drawOf({ initializer, shape }: TensorFill): Draw {
  return initializer.resolve(shape);
}
