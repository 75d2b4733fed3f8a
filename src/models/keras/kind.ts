import type { ConfigFields, ConfigValues } from './config_fields';
import type { Kind } from './layer';
import type { Dims } from './shape';

export type { Kind } from './layer';

/** The same kind; the call infers and checks the types of its fields. */
export function kind<F extends ConfigFields>(kind: Kind<F>): Kind<F> {
  return kind;
}

/** A kind without weights, whose output's shape follows from its first input's. */
export function shapeKind<F extends ConfigFields>(
  className: string,
  fields: F,
  output: (shape: Dims, config: ConfigValues<F>) => Dims,
  more: Partial<Kind<F>> = {},
): Kind<F> {
  return { className, fields, output: (config, call) => output(call.shape, config), ...more };
}

/** A kind without weights, whose output has its first input's shape. */
export function sameShape<F extends ConfigFields>(
  className: string,
  fields: F,
  more: Partial<Kind<F>> = {},
): Kind<F> {
  return shapeKind(className, fields, (shape) => shape, more);
}
