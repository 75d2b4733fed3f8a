import { ArgumentError, show } from '../core/errors';
import { copyShape, elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { readConfig } from './configured';
import { choice, finite, type Option, type OptionTableOf, seed } from './options';
import { Random, type RandomOptions } from './random';

/**
 * How an orthogonal matrix lies in a tensor.
 * - 'keras': all of them, as [product of shape[:-1], shape[-1]].
 * - 'torch': all of them, as [shape[0], product of shape[1:]], like torch.nn.init.orthogonal_.
 * - 'delta': those at the centre of a convolution's kernel, as [shape[-2], shape[-1]]; all others are 0,
 *   like jax.nn.initializers.delta_orthogonal (Xiao et al., 2018, https://arxiv.org/abs/1806.05393).
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const layout: initializers.Layout = 'torch';
 * const draw = initializers.orthogonal({ layout }).resolve([64, 3, 3, 3]);
 * console.log(draw.kind === 'orthogonal' && [draw.rows, draw.columns]); // [ 64, 27 ]
 * ```
 */
export type Layout = 'keras' | 'torch' | 'delta';

const LAYOUTS: readonly Layout[] = ['keras', 'torch', 'delta'];

/**
 * The options of `Orthogonal`.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const options: initializers.OrthogonalOptions = { gain: Math.SQRT2, seed: 7 };
 * console.log(initializers.orthogonal(options).seed); // 7n
 * ```
 */
export interface OrthogonalOptions extends RandomOptions {
  /** The factor that the orthogonal matrix is multiplied by, a finite number. Default 1. */
  readonly gain?: number;
  /** How the matrix lies in the tensor. Default 'keras'. Keras's own Orthogonal has no such option. */
  readonly layout?: Layout;
}

/** The default is left out of the configuration, so that Keras can read it. */
const layout: Option<Layout> = {
  ...choice('keras', LAYOUTS),
  toConfig: (value) => (value === 'keras' ? undefined : value),
};

const OPTIONS = { seed, gain: finite(1), layout } satisfies OptionTableOf<OrthogonalOptions>;

/**
 * Fills a tensor with a random orthogonal matrix, multiplied by `gain`.
 *
 * The matrix has orthonormal columns, or orthonormal rows if it has fewer rows than columns. It is uniform
 * over all such matrices (the Haar measure). The shape has rank 2 or more, and `layout` says how the matrix
 * lies in a tensor of a higher rank. The values agree between backends within the bound that the stream
 * contract states, not bit for bit.
 * @see Saxe, McClelland and Ganguli, 2014, https://arxiv.org/abs/1312.6120
 * @see Mezzadri, 2007, https://arxiv.org/abs/math-ph/0609050, on the signs of the columns
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const matrix = await sampler.fill(new initializers.Orthogonal(), [2, 2], { seed: 42 });
 * const [a, b, c, d] = await matrix.float32();
 * console.log(Math.abs(a * b + c * d) < 1e-6); // true
 * sampler.destroy();
 * ```
 */
export class Orthogonal extends Random<OrthogonalOptions> {
  /**
   * @throws ArgumentError where `gain` is no finite number, for a seed or layout that cannot be right, and
   *   for an unknown key
   */
  constructor(options: OrthogonalOptions = {}) {
    super('Orthogonal', OPTIONS, options);
  }

  /**
   * Makes the initializer that Keras's configuration describes.
   * @param config an object with the keys `seed`, `gain` and `layout`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * const initializer = initializers.Orthogonal.fromConfig({ gain: 2, seed: 7 });
   * console.log(initializer.getConfig()); // { seed: 7, gain: 2 }
   * ```
   */
  static fromConfig(config: unknown): Orthogonal {
    return new Orthogonal(readConfig('Orthogonal', OPTIONS, config));
  }

  /**
   * Returns the draw of the matrix, with its place in the tensor.
   * @param shape of rank 2 or more; with the layout 'delta' of rank 3, 4 or 5, and shape[-2] <= shape[-1]
   * @throws ArgumentError for any other shape
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * const draw = initializers.orthogonal().resolve([3, 3, 64, 128]);
   * console.log(draw.kind === 'orthogonal' && [draw.rows, draw.columns]); // [ 576, 128 ]
   * ```
   */
  resolve(shape: Shape): Draw {
    const sizes = copyShape(shape);
    const total = elementCount(sizes);
    if (sizes.length < 2) {
      throw new ArgumentError(
        `Orthogonal needs a shape of rank 2 or more, got ${show(sizes)} of rank ${sizes.length}`,
      );
    }
    const { gain, layout } = this.options;
    const last = sizes[sizes.length - 1];
    const delta = layout === 'delta' ? centre(sizes) : undefined;
    // The other sizes of an empty tensor may multiply beyond what a number holds, and its matrix is empty.
    if (total === 0) return { kind: 'orthogonal', rows: 0, columns: 0, gain, offset: 0 };
    if (delta !== undefined) return { ...delta, gain };
    const [rows, columns] = layout === 'torch' ? [sizes[0], total / sizes[0]] : [total / last, last];
    return { kind: 'orthogonal', rows, columns, gain, offset: 0 };
  }
}

/** The matrix at the centre of a convolution's kernel [...sides, inputs, outputs]. */
function centre(shape: Shape): { kind: 'orthogonal'; rows: number; columns: number; offset: number } {
  const sides = shape.slice(0, -2);
  const [rows, columns] = shape.slice(-2);
  if (sides.length < 1 || sides.length > 3) {
    throw new ArgumentError(
      'Orthogonal with layout delta needs a shape of rank 3, 4 or 5, ' +
        `got ${show(shape)} of rank ${shape.length}`,
    );
  }
  if (rows > columns) {
    throw new ArgumentError(`Orthogonal with layout delta needs shape[-2] <= shape[-1], got ${show(shape)}`);
  }
  const index = sides.reduce((at, side) => at * side + Math.floor((side - 1) / 2), 0);
  return { kind: 'orthogonal', rows, columns, offset: index * rows * columns };
}

/**
 * Makes an `Orthogonal` initializer: the same as `new Orthogonal(options)`.
 * @throws ArgumentError where `gain` is no finite number, for a seed or layout that cannot be right, and for
 *   an unknown key
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const initializer = initializers.orthogonal({ gain: 0.5, seed: 7 });
 * console.log(initializer.getConfig()); // { seed: 7, gain: 0.5 }
 * ```
 */
export function orthogonal(options?: OrthogonalOptions): Orthogonal {
  return new Orthogonal(options);
}
