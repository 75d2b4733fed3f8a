import { elementCount, type Shape } from '../core/shape';
import type { Distribution } from '../distributions/distribution';
import type { Draw } from '../distributions/draw';
import { finite, nonNegative, type OptionTableOf, seed } from './options';
import type { RandomOptions } from './random';
import type { Row } from './registry';
import { Sampled } from './sampled';

/** A location and a scale, beside the seed. */
interface LocationScaleOptions extends RandomOptions {
  readonly loc?: number;
  readonly scale?: number;
}

export const LOCATION_SCALE = {
  seed,
  loc: finite(0),
  scale: nonNegative(1),
} satisfies OptionTableOf<LocationScaleOptions>;

/** An initializer whose values are loc + scale x, where x has the standard form of a distribution. */
export abstract class LocationScale<Options extends LocationScaleOptions> extends Sampled<Options> {
  declare private readonly kind: 'laplace' | 'logistic' | 'gumbel'; // like the table of Configured

  protected constructor(
    row: Row,
    options: Options,
    kind: 'laplace' | 'logistic' | 'gumbel',
    distribution: Distribution<any, any, any>,
  ) {
    super(row, LOCATION_SCALE, options, kind, distribution);
    Object.defineProperty(this, 'kind', { value: kind });
  }

  /**
   * Returns the draw, which is the same for every shape.
   * @throws ArgumentError where the shape is malformed
   *
   * @example
   * ```ts
   * import { laplace } from 'tensorseed/distributions';
   *
   * const draw = laplace({ loc: 3 }).resolve([4]);
   * console.log(draw); // { kind: 'laplace', loc: 3, scale: 1 }
   * ```
   */
  resolve(shape: Shape): Draw {
    elementCount(shape);
    const { loc, scale } = this.options as Required<LocationScaleOptions>;
    return { kind: this.kind, loc, scale };
  }
}
