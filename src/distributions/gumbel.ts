import { LARGEST_LOG } from '../arithmetic/log_range';
import { locationScale, type LocationScaleParameters } from './location_scale';

/**
 * The draw of Gumbel values, which are the law of the largest of many. Where the scale is 0, every element is the location.
 *
 * @example
 * ```ts
 * import { gumbel } from 'tensorseed/distributions';
 * import type { initializers } from 'tensorseed';
 *
 * const draw: initializers.GumbelDraw = { kind: 'gumbel', loc: 0, scale: 1 };
 * console.log(gumbel().resolve([10]).kind === draw.kind); // true
 * ```
 */
export interface GumbelDraw {
  /** The kind of the draw. */
  readonly kind: 'gumbel';
  /** The mode, a finite number. */
  readonly loc: number;
  /** The scale, a finite number >= 0: the standard deviation is pi / sqrt(6) times as large. */
  readonly scale: number;
}

/** The parameters of the draw of Gumbel values. */
export type GumbelParameters = LocationScaleParameters<'gumbel'>;

/** A bound that no -ln E passes; the smallest is -ln(33 ln 2) = -3.13. */
const SMALLEST = -3.1328125;

/** How Gumbel values are drawn. */
export const gumbel = locationScale<GumbelDraw>('gumbel', SMALLEST, LARGEST_LOG);
