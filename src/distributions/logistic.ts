import { LARGEST_LOG } from '../arithmetic/log_range';
import { locationScale, type LocationScaleParameters } from './location_scale';

/**
 * The draw of logistic values. Where the scale is 0, every element is the location.
 *
 * @example
 * ```ts
 * import { logistic } from 'tensorseed/distributions';
 * import type { initializers } from 'tensorseed';
 *
 * const draw: initializers.LogisticDraw = { kind: 'logistic', loc: 0, scale: 1 };
 * console.log(logistic().resolve([10]).kind === draw.kind); // true
 * ```
 */
export interface LogisticDraw {
  /** The kind of the draw. */
  readonly kind: 'logistic';
  /** The mean, a finite number. */
  readonly loc: number;
  /** The scale, a finite number >= 0: the standard deviation is pi / sqrt(3) times as large. */
  readonly scale: number;
}

/** The parameters of the draw of logistic values. */
export type LogisticParameters = LocationScaleParameters<'logistic'>;

/** How logistic values are drawn. */
export const logistic = locationScale<LogisticDraw>('logistic', -LARGEST_LOG, LARGEST_LOG);
