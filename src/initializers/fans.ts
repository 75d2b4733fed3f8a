import { ArgumentError, show } from '../core/errors';
import { copyShape, elementCount, product, type Shape } from '../core/shape';
import { axes as axesOption } from './options';

/**
 * How many inputs feed one output of a layer, and how many outputs one input feeds.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const { fanIn, fanOut }: initializers.Fans = initializers.computeFans([784, 128]);
 * console.log(fanIn, fanOut); // 784 128
 * ```
 */
export interface Fans {
  /** The number of inputs that feed one output, >= 0. */
  readonly fanIn: number;
  /** The number of outputs that one input feeds, >= 0. */
  readonly fanOut: number;
}

/**
 * Computes the fans of a weight tensor by Keras's rules.
 *
 * With both lists of axes, each fan is the product of the sizes of its axes. An axis may be in both lists,
 * but only once in each. One list alone is ignored. Without the lists the rank of the shape decides:
 * - 0: both fans are 1;
 * - 1: both fans are the only size;
 * - 2: the fans are the two sizes, [inputs, outputs];
 * - more: the shape is that of a convolution's kernel, [...window, inputs, outputs], and the fans are the
 *   last two sizes, each times the product of the window's sizes.
 *
 * Both fans are exact up to 2^53 and always finite. A size of 0 makes a fan of 0.
 * @param inputAxes the axes whose sizes multiply to fan_in; negative axes count from the end; default null
 * @param outputAxes the axes whose sizes multiply to fan_out; negative axes count from the end; default null
 * @throws ArgumentError for a malformed shape, and for an axis that the shape does not have
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
  const sizes = copyShape(shape);
  elementCount(sizes);
  const inputs = axesOption.check('inputAxes', inputAxes);
  const outputs = axesOption.check('outputAxes', outputAxes);
  if (inputs !== null && outputs !== null) {
    return {
      fanIn: product(sizesOf('inputAxes', inputs, sizes)),
      fanOut: product(sizesOf('outputAxes', outputs, sizes)),
    };
  }
  if (sizes.length === 0) return { fanIn: 1, fanOut: 1 };
  if (sizes.length === 1) return { fanIn: sizes[0], fanOut: sizes[0] };
  const window = sizes.slice(0, -2);
  const [rows, columns] = sizes.slice(-2);
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
