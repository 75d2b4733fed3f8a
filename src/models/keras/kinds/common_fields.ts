import type { InitializerJson } from '../../../initializers';
import { type ConfigField, initializer, json } from '../config_fields';

type Regularized<Names extends string> = {
  [K in `${Names}_regularizer` | `${Names}_constraint` | 'activity_regularizer']: ConfigField<unknown>;
};

/**
 * The regularizers and constraints of some weights. They are kept as they are, because they change
 * neither shapes nor initial values.
 */
export function regularized<Names extends string>(...names: Names[]): Regularized<Names> {
  const fields: Record<string, ConfigField<unknown>> = {};
  for (const name of names) fields[`${name}_regularizer`] = json();
  fields.activity_regularizer = json();
  for (const name of names) fields[`${name}_constraint`] = json();
  return fields as Regularized<Names>;
}

/** An activation: a name, or the JSON of one. Null is linear. */
export function activation(initial = 'linear'): ConfigField<unknown, string | object | null> {
  return { initial, read: (_, value) => value ?? 'linear' };
}

/** The initializers of a layer's kernel and of its bias. */
export interface KernelAndBias {
  readonly use_bias: boolean;
  readonly kernel_initializer: InitializerJson;
  readonly bias_initializer: InitializerJson;
}

export const kernelAndBias = {
  kernel_initializer: initializer('glorot_uniform'),
  bias_initializer: initializer('zeros'),
};
