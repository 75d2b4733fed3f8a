import { ArgumentError, show } from '../core/errors';
import { copyShape, elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { sparse as distribution } from '../distributions/sparse';
import { readConfig } from './configured';
import { nonNegative, type Option, type OptionTableOf, seed } from './options';
import type { RandomOptions } from './random';
import type { Row } from './registry';
import { Sampled } from './sampled';

/**
 * The options of `Sparse`.
 *
 * @example
 * ```ts
 * import { sparse, type SparseOptions } from 'tensorseed/distributions';
 *
 * const options: SparseOptions = { sparsity: 0.9, seed: 7 };
 * console.log(sparse(options).getConfig()); // { seed: 7, sparsity: 0.9, stddev: 0.01 }
 * ```
 */
export interface SparseOptions extends RandomOptions {
  /** The share of the rows that are 0 in each column, rounded up: a number in [0, 1]. Default 0.1. */
  readonly sparsity?: number;
  /** The standard deviation of all other elements, a finite number >= 0. Default 0.01. */
  readonly stddev?: number;
}

const sparsity: Option<number> = {
  initial: 0.1,
  check(name, value) {
    if (typeof value === 'number' && value >= 0 && value <= 1) return value;
    throw new ArgumentError(`${name} must be a number in [0, 1], got ${show(value)}`);
  },
};

const OPTIONS = { seed, sparsity, stddev: nonNegative(0.01) } satisfies OptionTableOf<SparseOptions>;

/**
 * Fills a matrix with normal values and zeros, as torch.nn.init.sparse_ does.
 *
 * Each column has ceil(sparsity rows) zeros at rows that are drawn at random, without a row twice. All other
 * elements are normals of mean 0. Whether an element is 0 is computed of its row and column alone. Keras does not
 * have it.
 * @see Martens, 2010, https://www.cs.toronto.edu/~jmartens/docs/Deep_HessianFree.pdf
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { Sparse } from 'tensorseed/distributions';
 *
 * const sampler = await Sampler.create();
 * const matrix = await sampler.fill(new Sparse({ sparsity: 0.75 }), [4, 100], { seed: 42 });
 * console.log((await matrix.float32()).filter((x) => x === 0).length); // 300
 * sampler.destroy();
 * ```
 */
export class Sparse extends Sampled<SparseOptions> {
  /**
   * @throws ArgumentError where `sparsity` is not in [0, 1], `stddev` is no finite number >= 0, the seed cannot be
   *   right, or a key is unknown
   */
  constructor(options: SparseOptions = {}) {
    super(SPARSE, OPTIONS, options, 'sparse', distribution);
  }

  /**
   * Makes the initializer that a configuration describes.
   * @param config an object with the keys `seed`, `sparsity` and `stddev`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { Sparse } from 'tensorseed/distributions';
   *
   * const initializer = Sparse.fromConfig({ sparsity: 0.5 });
   * console.log(initializer.options.sparsity); // 0.5
   * ```
   */
  static fromConfig(config: unknown): Sparse {
    return new Sparse(readConfig('Sparse', OPTIONS, config));
  }

  /**
   * Returns the draw of the matrix.
   * @param shape [rows, columns]
   * @throws ArgumentError where the shape is malformed, or its rank is not 2
   *
   * @example
   * ```ts
   * import { sparse } from 'tensorseed/distributions';
   *
   * const draw = sparse({ sparsity: 0.1 }).resolve([25, 4]);
   * console.log(draw.kind === 'sparse' && draw.zeros); // 3
   * ```
   */
  resolve(shape: Shape): Draw {
    const sizes = copyShape(shape);
    elementCount(sizes);
    if (sizes.length !== 2)
      throw new ArgumentError(`Sparse needs a shape of rank 2, got ${show(sizes)} of rank ${sizes.length}`);
    const { sparsity, stddev } = this.options;
    const [rows, columns] = sizes;
    return { kind: 'sparse', rows, columns, zeros: Math.ceil(sparsity * rows), stddev };
  }
}

/**
 * Makes a `Sparse` initializer: the same as `new Sparse(options)`.
 * @throws ArgumentError where `sparsity` is not in [0, 1], `stddev` is no finite number >= 0, the seed cannot be
 *   right, or a key is unknown
 *
 * @example
 * ```ts
 * import { sparse } from 'tensorseed/distributions';
 *
 * const initializer = sparse({ sparsity: 0.5, seed: 7 });
 * console.log(initializer.options.stddev, initializer.seed); // 0.01 7n
 * ```
 */
export function sparse(options?: SparseOptions): Sparse {
  return new Sparse(options);
}

/** Its row among the initializers. */
export const SPARSE: Row = {
  name: 'Sparse',
  type: Sparse,
  factory: sparse,
  registeredName: 'tensorseed>Sparse',
};
