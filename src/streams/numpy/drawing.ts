import type { FloatDtype } from '../../core/dtype';
import { type ForeignKernel, type ForeignParameters } from '../../distributions/foreign';
import { copyKernel } from '../copy';
import { Draws } from './draws';
import type { NumpyKey } from './key';

/** What the elements of a tensor are, as float32 bits or words. */
export type Drawing = (key: NumpyKey, start: number, count: number) => Uint32Array<ArrayBuffer>;

const kernel: ForeignKernel<Drawing> = copyKernel((drawing, key, start, count) =>
  drawing(key as NumpyKey, start, count),
);

/** The parameters of a drawing. */
export function drawingParameters(drawing: Drawing): ForeignParameters<Drawing> {
  return { kernel: 'foreign', source: kernel, values: drawing, affine: undefined };
}

/** Elements, and the outputs that were drawn before them. */
interface Place {
  readonly element: number;
  readonly position: number;
}

/**
 * A drawing whose elements take as many outputs as they need, one after the other. What a tensor's last elements began
 * and ended with is kept, so that the next ones are near.
 * @param draw the next element
 */
export function sequential(draw: (draws: Draws) => number): Drawing {
  const places = new WeakMap<NumpyKey, readonly Place[]>();
  return (key, start, count) => {
    const known = places.get(key) ?? [];
    const from = known.findLast(({ element }) => element <= start) ?? { element: 0, position: 0 };
    const draws = new Draws(key.start, from.position);
    for (let element = from.element; element < start; element++) draw(draws);
    const { position } = draws;
    const out = new Uint32Array(count);
    for (let i = 0; i < count; i++) out[i] = draw(draws);
    places.set(key, [
      { element: start, position },
      { element: start + count, position: draws.position },
    ]);
    return out;
  };
}

const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);

/**
 * A float64 rounded to the dtype, as float32 bits. For a float16 it is rounded once, as `astype` of NumPy does. To a
 * bfloat16 NumPy's extension rounds the float32.
 */
export function rounded(value: number, dtype: FloatDtype): number {
  float[0] = value;
  // Towards the odd one of the two float32 beside the value, which decides no tie of the halves.
  if (dtype === 'float16' && float[0] !== value && Number.isFinite(float[0])) {
    if (Math.abs(float[0]) > Math.abs(value)) bits[0] -= 1;
    bits[0] |= 1;
  }
  return bits[0];
}
