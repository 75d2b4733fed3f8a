import { LARGEST_LOG } from '../arithmetic/log_range';
import { locationScale, type LocationScaleParameters } from './location_scale';

/**
 * The draw of Laplace values, which are exponential on both sides of a location. Where the scale is 0, every element is the location.
 *
 * @example
 * ```ts
 * import { laplace } from 'tensorseed/distributions';
 * import type { initializers } from 'tensorseed';
 *
 * const draw: initializers.LaplaceDraw = { kind: 'laplace', loc: 0, scale: 1 };
 * console.log(laplace().resolve([10]).kind === draw.kind); // true
 * ```
 */
export interface LaplaceDraw {
  /** The kind of the draw. */
  readonly kind: 'laplace';
  /** The mean, a finite number. */
  readonly loc: number;
  /** The scale, a finite number >= 0: the standard deviation is sqrt(2) times as large. */
  readonly scale: number;
}

/** The parameters of the draw of Laplace values. */
export type LaplaceParameters = LocationScaleParameters<'laplace'>;

/** How Laplace values are drawn. */
export const laplace = locationScale<LaplaceDraw>('laplace', -LARGEST_LOG, LARGEST_LOG);
