import { ArgumentError, show } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';
import { axes as axesField } from './fields';

/** How many inputs feed one output of a layer, and how many outputs one input feeds. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/**
 * Keras's fans of a weight tensor. With both lists of axes: the products of those axes' sizes,
 * nothing else. Otherwise by rank: 0 -> 1, 1; 1 -> n, n; 2 -> the two sizes; more -> a
 * convolution kernel [...window, inputs, outputs], both multiplied by the window's size. One
 * list alone is ignored. An axis may stand in both lists, and once in each.
 *
 * Both are exact up to 2^53 and always finite; a size of 0 makes a fan of 0.
 * @throws ArgumentError for a shape that is none, and for an axis that it does not have
 * @see keras/src/initializers/random_initializers.py, compute_fans
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * console.log(initializers.computeFans([3, 3, 64, 128])); // { fanIn: 576, fanOut: 1152 }
 * ```
 */
export function computeFans(
  shape: Shape,
  inputAxes: readonly number[] | null = null,
  outputAxes: readonly number[] | null = null,
): Fans {
  elementCount(shape);
  const inputs = axesField.check('inputAxes', inputAxes);
  const outputs = axesField.check('outputAxes', outputAxes);
  if (inputs !== null && outputs !== null) {
    return {
      fanIn: product(sizesOf('inputAxes', inputs, shape)),
      fanOut: product(sizesOf('outputAxes', outputs, shape)),
    };
  }
  if (shape.length === 0) return { fanIn: 1, fanOut: 1 };
  if (shape.length === 1) return { fanIn: shape[0], fanOut: shape[0] };
  const window = shape.slice(0, -2);
  const [rows, columns] = shape.slice(-2);
  return { fanIn: product([...window, rows]), fanOut: product([...window, columns]) };
}

function sizesOf(name: string, axes: readonly number[], shape: Shape): number[] {
  const rank = shape.length;
  const used = new Set<number>();
  return axes.map((axis) => {
    if (axis < -rank || axis >= rank) {
      const valid = rank === 0 ? 'be empty' : `lie in [${-rank}, ${rank - 1}]`;
      throw new ArgumentError(`${name} must ${valid} for a shape of rank ${rank}, got ${axis}`);
    }
    const index = axis < 0 ? axis + rank : axis;
    if (used.has(index)) {
      throw new ArgumentError(
        `${name} must name each axis of a shape of rank ${rank} once, got ${show(axes)}`,
      );
    }
    used.add(index);
    return shape[index];
  });
}

/** In BigInts, since an empty tensor's other sizes may overflow a double, and Infinity * 0 is NaN. */
function product(sizes: readonly number[]): number {
  const exact = sizes.reduce((total, size) => total * BigInt(size), 1n);
  return Math.min(Number(exact), Number.MAX_VALUE);
}
