import { type Field, initializer, json } from '../fields';

type Regularized<Names extends string> = {
  [K in `${Names}_regularizer` | `${Names}_constraint`]: Field<unknown>;
};

/** The regularizers and constraints of some weights: kept, for they change neither shapes nor initial values. */
export function regularized<Names extends string>(
  ...names: Names[]
): Regularized<Names> & { activity_regularizer: Field<unknown> } {
  const fields: Record<string, Field<unknown>> = {};
  for (const name of names) fields[`${name}_regularizer`] = json();
  fields.activity_regularizer = json();
  for (const name of names) fields[`${name}_constraint`] = json();
  return fields as Regularized<Names> & { activity_regularizer: Field<unknown> };
}

/** An activation: a name, or the JSON of one. Null is linear. */
export function activation(initial = 'linear'): Field<unknown, string | object | null> {
  return { initial, read: (_, value) => value ?? 'linear' };
}

export const kernelAndBias = {
  kernel_initializer: initializer('glorot_uniform'),
  bias_initializer: initializer('zeros'),
};
