import { axes, type OptionTableOf, seed } from './options';
import type { RandomOptions } from './random';

/**
 * The options of the initializers that scale their variance by the fans of the shape.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * // A kernel that is stored as [outputs, inputs].
 * const options: initializers.FanOptions = { inputAxes: [1], outputAxes: [0] };
 * const draw = initializers.heUniform(options).resolve([128, 6]);
 * console.log(draw); // { kind: 'uniform', low: -1, high: 1 }
 * ```
 */
export interface FanOptions extends RandomOptions {
  /**
   * The axes whose sizes multiply to fan_in. Negative axes count from the end of the shape. It has an
   * effect only together with `outputAxes`. Default null: the rank of the shape decides, as `computeFans`
   * says.
   */
  readonly inputAxes?: readonly number[] | null;
  /**
   * The axes whose sizes multiply to fan_out. Negative axes count from the end of the shape. It has an
   * effect only together with `inputAxes`. Default null: the rank of the shape decides, as `computeFans`
   * says.
   */
  readonly outputAxes?: readonly number[] | null;
}

/** The table of these options. */
export const FAN_OPTIONS = { seed, inputAxes: axes, outputAxes: axes } satisfies OptionTableOf<FanOptions>;
