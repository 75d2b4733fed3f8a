import { axes, type FieldsOf, seed } from './fields';
import type { RandomOptions } from './random';

export interface FanOptions extends RandomOptions {
  /** The axes whose sizes multiply to the fan in; heeded only beside outputAxes. Negative ones count from the end. */
  readonly inputAxes?: readonly number[] | null;
  /** The axes whose sizes multiply to the fan out; heeded only beside inputAxes. Negative ones count from the end. */
  readonly outputAxes?: readonly number[] | null;
}

export const FAN_FIELDS = { seed, inputAxes: axes, outputAxes: axes } satisfies FieldsOf<FanOptions>;
