import { ArgumentError, show } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { readConfig } from './configured';
import { choice, finite, type Option, type OptionTableOf, seed } from './options';
import { Random, type RandomOptions } from './random';

const LAYOUTS = ['keras', 'torch', 'delta'] as const;
/**
 * Which elements of the tensor make up the matrix.
 * - 'keras': all of them, as [product of shape[:-1], shape[-1]].
 * - 'torch': all of them, as [shape[0], product of shape[1:]], like torch.nn.init.orthogonal_.
 * - 'delta': those at the centre of a convolution's kernel, as [shape[-2], shape[-1]]; all others are 0,
 *   like jax.nn.initializers.delta_orthogonal (Xiao et al., 2018, https://arxiv.org/abs/1806.05393).
 */
export type Layout = (typeof LAYOUTS)[number];

export interface OrthogonalOptions extends RandomOptions {
  /** What the orthogonal matrix is multiplied by, finite. Default 1. */
  readonly gain?: number;
  /** Default 'keras'. Keras's own Orthogonal has no such option. */
  readonly layout?: Layout;
}

/** The default is left out of the configuration, so that Keras can read it. */
const layout: Option<Layout> = {
  ...choice<Layout>('keras', LAYOUTS),
  toConfig: (value) => (value === 'keras' ? undefined : value),
};

const OPTIONS = { seed, gain: finite(1), layout } satisfies OptionTableOf<OrthogonalOptions>;

/**
 * A matrix times a gain. The matrix has orthonormal columns, or orthonormal rows if it has fewer rows
 * than columns, and is uniform over all such matrices (the Haar measure). `layout` says how a tensor of
 * a higher rank is flattened to a matrix.
 * @see Saxe, McClelland and Ganguli, 2014, https://arxiv.org/abs/1312.6120; on the signs of the columns
 *   Mezzadri, 2007, https://arxiv.org/abs/math-ph/0609050
 */
export class Orthogonal extends Random<typeof OPTIONS> {
  /** @throws ArgumentError where `gain` is no finite number, and for a seed or layout that cannot be right */
  constructor(options: OrthogonalOptions = {}) {
    super('Orthogonal', OPTIONS, options);
  }

  static fromConfig(config: unknown): Orthogonal {
    return new Orthogonal(readConfig('Orthogonal', OPTIONS, config));
  }

  /**
   * @param shape of rank 2 or more; with the layout 'delta' of rank 3, 4 or 5, and shape[-2] <= shape[-1]
   * @throws ArgumentError for any other shape
   */
  resolve(shape: Shape): Draw {
    const total = elementCount(shape);
    if (shape.length < 2) {
      throw new ArgumentError(
        `Orthogonal needs a shape of rank 2 or more, got ${show(shape)} of rank ${shape.length}`,
      );
    }
    const { gain, layout } = this.options;
    const last = shape[shape.length - 1];
    if (layout === 'delta') return { ...centre(shape), gain };
    // The other sizes of an empty tensor may multiply beyond what a number holds, and its matrix is empty.
    if (total === 0) return { kind: 'orthogonal', rows: 0, columns: 0, gain, offset: 0 };
    const [rows, columns] = layout === 'torch' ? [shape[0], total / shape[0]] : [total / last, last];
    return { kind: 'orthogonal', rows, columns, gain, offset: 0 };
  }
}

/** The matrix at the centre of a convolution kernel [...sides, in, out]. */
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

/** The same as `new Orthogonal(options)`. */
export function orthogonal(options?: OrthogonalOptions): Orthogonal {
  return new Orthogonal(options);
}
