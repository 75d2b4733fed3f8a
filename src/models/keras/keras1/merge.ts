import { ArgumentError, show } from '../../../core/errors';
import type { LayerSource } from '../config_fields';
import type { JsonObject } from '../structure';

/** The modes of a Merge of Keras 1, and the class that each became. */
const MODES = new Map<unknown, string>([
  ['sum', 'Add'],
  ['mul', 'Multiply'],
  ['ave', 'Average'],
  ['max', 'Maximum'],
  ['concat', 'Concatenate'],
  ['dot', 'Dot'],
  ['cos', 'Dot'],
]);

/**
 * A Merge of Keras 1 or 2.0 as the layer of its mode today. One whose mode is code is a Lambda.
 * @throws ArgumentError for an unknown mode
 */
export function fromMerge(source: LayerSource): LayerSource {
  const { name, trainable = true, mode = 'sum', mode_type, ...config } = source.config;
  const shared = { name, trainable };
  const as = (class_name: string, more: JsonObject = {}): LayerSource => ({
    ...source,
    class_name,
    config: { ...shared, ...more },
  });
  if (mode_type === 'lambda' || mode_type === 'function')
    return as('Lambda', { function: mode, output_shape: config.output_shape });
  const className = MODES.get(mode);
  if (className === 'Concatenate') return as(className, { axis: config.concat_axis ?? -1 });
  if (className === 'Dot') return as(className, { axes: config.dot_axes ?? -1, normalize: mode === 'cos' });
  if (className !== undefined) return as(className);
  throw new ArgumentError(
    `layer ${show(source.name ?? name)} (Merge): mode must be one of ${[...MODES.keys()].join(', ')}, got ${show(mode)}`,
  );
}
