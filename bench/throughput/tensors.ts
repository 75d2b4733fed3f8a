import type { Draw } from '../../src/distributions/draw';
import type { MathMode } from '../../src/distributions/math';
import type { Dtype } from '../../src/core/dtype';
import { bufferBytes } from '../../src/jobs/plan';
import { stretches } from '../../src/models/parts';
import { preset } from '../../src/models/presets';
import type { Initializer } from '../../src/initializers';
import { elementCount, type Shape } from '../../src/core/shape';
import type { Case, Entry } from './case';
import { DRAWS } from './draws';

/** A tensor that this library fills, and where in the case's memory it lies. */
export interface Filling {
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
  };
}

const SEED = 42;

/** Tensors of a model lie one after the other, on multiples of what every device accepts as an offset. */
const ALIGNMENT = 256;

/** The tensors that an entry fills: one, or those of the case's model. */
export function fillingsOf({ draw, dtype, math, dispatch }: Entry, { shape, model }: Case): Filling[] {
  const options = { seed: SEED, dtype, math };
  if (dispatch !== 'all' || model === undefined) {
    return [
      { initializer: DRAWS[draw].initializer(), shape, count: elementCount(shape), byteOffset: 0, options },
    ];
  }
  let end = 0;
  return preset(model)!.tensors.map(({ name, shape, initializer: filling }) => {
    const [{ initializer }] = stretches(shape, filling); // none of these models has a tensor of parts
    const byteOffset = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
    const count = elementCount(shape);
    end = byteOffset + bufferBytes(count, dtype);
    return { initializer, shape, count, byteOffset, options: { ...options, name } };
  });
}

/** The bytes that an entry writes into. */
export function bytesOf(entry: Entry, of: Case): number {
  return fillingsOf(entry, of).reduce(
    (end, { byteOffset, count }) => Math.max(end, byteOffset + bufferBytes(count, entry.dtype)),
    4,
  );
}

export function drawOf({ initializer, shape }: Filling): Draw {
  return initializer.resolve(shape);
}
