import { oneOf } from '../check';
import type { Draw } from '../draw';
import { ArgumentError, show } from '../errors';
import { elementCount, type Shape } from '../shape';
import { readConfig } from './configured';
import { type Field, type FieldsOf, finite, seed } from './fields';
import { Random, type RandomOptions } from './random';

/** Which axes are the rows of the matrix: all but the last, or the first alone as in torch.nn.init.orthogonal_. */
export const ROW_AXES = ['all_but_last', 'first'] as const;

export interface OrthogonalOptions extends RandomOptions {
  /** What the orthogonal matrix is multiplied by, finite. Default 1. */
  readonly gain?: number;
  /** Default 'all_but_last', which is Keras's. 'first' is torch's; not in Keras. */
  readonly rowAxes?: (typeof ROW_AXES)[number];
}

/** At its default it stays out of the config, which then is Keras's. */
const rowAxes: Field<(typeof ROW_AXES)[number]> = {
  initial: 'all_but_last',
  check: (name, value) => oneOf(name, value, ROW_AXES),
  toConfig: (value) => (value === 'all_but_last' ? undefined : value),
};

const FIELDS = { seed, gain: finite(1), rowAxes } satisfies FieldsOf<OrthogonalOptions>;

/**
 * A matrix with orthonormal columns, or rows where it has fewer of them, times a gain; uniform over
 * all such matrices (Haar). A tensor of higher rank is one flattened to a matrix.
 * @see Saxe, McClelland and Ganguli, 2014, https://arxiv.org/abs/1312.6120; Mezzadri, 2007,
 * https://arxiv.org/abs/math-ph/0609050, on the signs
 */
export class Orthogonal extends Random<typeof FIELDS> {
  /** @throws ArgumentError where `gain` is no finite number, or for a bad seed */
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
      throw new ArgumentError(`Orthogonal needs a shape of rank 2 or more, got ${show(shape)} of rank ${shape.length}`);
    }
    const { gain } = this.options;
    // An empty tensor's other sizes may multiply beyond what a number holds; it has no matrix to speak of.
    if (total === 0) return { kind: 'orthogonal', rows: 0, columns: 0, gain };
    const [rows, columns] =
      this.options.rowAxes === 'first' ? [shape[0], total / shape[0]] : [total / shape[shape.length - 1], shape[shape.length - 1]];
    return { kind: 'orthogonal', rows, columns, gain };
  }
}

export function orthogonal(options?: OrthogonalOptions): Orthogonal {
  return new Orthogonal(options);
}
