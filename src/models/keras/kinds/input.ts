import { ArgumentError } from '../../../core/errors';
import { json, list, natural, optional } from '../config_fields';
import { kind } from '../kind';
import type { Layer } from '../layer';

/** The shape of an input, the batch axis first. */
export const shapeField = optional(list(optional(natural())));

export const inputLayer = kind({
  className: 'InputLayer',
  fields: { batch_shape: shapeField, sparse: json(false), ragged: json(false), optional: json(false) },
  renamed: { batch_input_shape: 'batch_shape' },
  ignored: ['input_tensor', 'type_spec'],
  output() {
    throw new ArgumentError('it is an input, and cannot be called');
  },
});

/** Refuses an input behind other layers of a Sequential. */
export function checkNoInput(layer: Layer): void {
  layer.within(() => {
    if (layer.kind === inputLayer)
      throw new ArgumentError('an input must come before all other layers of a Sequential');
  });
}
