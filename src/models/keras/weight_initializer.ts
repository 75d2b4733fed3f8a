import { ArgumentError, show } from '../../core/errors';
import type { Shape } from '../../core/shape';
import { serialize } from '../../initializers/envelope';
import { anyInitializer } from '../../initializers/all';
import type { InitializerJson, InitializerSpec } from '../../initializers/spec';
import type { CustomInitializer } from './hooks';
import { hookOf } from './registered_name';

/**
 * The JSON of a weight's initializer as Keras 3 writes it, with the configuration complete.
 * @param hooks what replaces initializers that are not Keras's
 * @throws ArgumentError where it is neither one of Keras's nor one with a hook, or cannot be right
 */
export function weightInitializer(
  hooks: ReadonlyMap<string, CustomInitializer>,
  spec: InitializerSpec,
  shape: Shape,
): InitializerJson {
  const json: Record<string, unknown> = typeof spec === 'string' ? { class_name: spec } : { ...spec };
  const { class_name: name, config, registered_name: registered } = json;
  const hook = hookOf(hooks, registered, name);
  try {
    const known = hook ? hook((config ?? {}) as Record<string, unknown>, shape) : spec;
    return { ...serialize(anyInitializer(known)) };
  } catch (error) {
    if (!(error instanceof ArgumentError) || hook) throw error;
    const hint = isUnknown(error) ? `; options.customInitializers[${show(name)}] can stand for it` : '';
    throw new ArgumentError(`${error.message}${hint}`);
  }
}

/** Whether the error says that there is no such initializer, and not that its configuration is wrong. */
function isUnknown({ message }: Error): boolean {
  return /^(unknown initializer|registered_name)/.test(message);
}
