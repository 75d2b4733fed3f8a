import { axes, type OptionTableOf, seed } from './options';
import type { RandomOptions } from './random';

export interface FanOptions extends RandomOptions {
  /**
   * The axes whose sizes multiply to the fan in; negative ones count from the end. Has an effect only
   * together with `outputAxes`. Default null: the rank of the shape decides (see computeFans).
   */
  readonly inputAxes?: readonly number[] | null;
  /**
   * The axes whose sizes multiply to the fan out; negative ones count from the end. Has an effect only
   * together with `inputAxes`. Default null: the rank of the shape decides (see computeFans).
   */
  readonly outputAxes?: readonly number[] | null;
}

export const FAN_OPTIONS = { seed, inputAxes: axes, outputAxes: axes } satisfies OptionTableOf<FanOptions>;
