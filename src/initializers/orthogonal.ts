import { oneOf } from '../core/check';
import type { Draw } from '../distributions/draw';
import { ArgumentError, show } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';
import { readConfig } from './configured';
import { type Field, type FieldsOf, finite, seed } from './fields';
import { Random, type RandomOptions } from './random';

/**
 * Which elements of the tensor make up the matrix.
 * keras: all, rows by the last axis: [product of shape[:-1], shape[-1]].
 * torch: all, the first axis by the others, as torch.nn.init.orthogonal_.
 * delta: those of a convolution kernel's centre, [shape[-2], shape[-1]], the others 0, as
 * jax.nn.initializers.delta_orthogonal (Xiao et al., 2018, https://arxiv.org/abs/1806.05393).
 */
export const LAYOUTS = ['keras', 'torch', 'delta'] as const;
export type Layout = (typeof LAYOUTS)[number];

export interface OrthogonalOptions extends RandomOptions {
  /** What the orthogonal matrix is multiplied by, finite. Default 1. */
  readonly gain?: number;
  /** Default 'keras'. Not in Keras. */
  readonly layout?: Layout;
}

/** At its default it stays out of the config, which then is Keras's. */
const layout: Field<Layout> = {
  initial: 'keras',
  check: (name, value) => oneOf(name, value, LAYOUTS),
  toConfig: (value) => (value === 'keras' ? undefined : value),
};

const FIELDS = { seed, gain: finite(1), layout } satisfies FieldsOf<OrthogonalOptions>;

/**
 * A matrix with orthonormal columns, or rows where it has fewer of them, times a gain; uniform over
 * all such matrices (Haar). A tensor of higher rank is one flattened to a matrix.
 * @see Saxe, McClelland and Ganguli, 2014, https://arxiv.org/abs/1312.6120; Mezzadri, 2007,
 * https://arxiv.org/abs/math-ph/0609050, on the signs
 */
export class Orthogonal extends Random<typeof FIELDS> {
  /** @throws ArgumentError where `gain` is no finite number, or for a bad seed or layout */
  constructor(options: OrthogonalOptions = {}) {
    super('Orthogonal', FIELDS, options);
  }

  static fromConfig(config: unknown): Orthogonal {
    return new Orthogonal(readConfig('Orthogonal', FIELDS, config));
  }

  /** @param shape of rank >= 2 */
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
    // An empty tensor's other sizes may multiply beyond what a number holds; it has no matrix to speak of.
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
      `Orthogonal with layout delta needs a shape of rank 3, 4 or 5, got ${show(shape)} of rank ${shape.length}`,
    );
  }
  if (rows > columns) {
    throw new ArgumentError(`Orthogonal with layout delta needs shape[-2] <= shape[-1], got ${show(shape)}`);
  }
  const index = sides.reduce((at, side) => at * side + Math.floor((side - 1) / 2), 0);
  return { kind: 'orthogonal', rows, columns, offset: index * rows * columns };
}

export function orthogonal(options?: OrthogonalOptions): Orthogonal {
  return new Orthogonal(options);
}
