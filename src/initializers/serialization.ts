import { knownKeys } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import { type Config, type Initializer, isInitializer } from './initializer';
import { classOf } from './registry';

/** An initializer as Keras 3 writes it into a model's JSON. */
export interface Envelope {
  readonly module: 'keras.initializers';
  readonly class_name: string;
  readonly config: Config;
  readonly registered_name: null;
}

/**
 * What Keras writes around an initializer. `shared_object_id` marks one instance that several
 * layers share; each is read as an instance of its own here.
 */
const KEYS = ['module', 'class_name', 'config', 'registered_name', 'shared_object_id'];

/**
 * The envelope of one of Keras's initializers, for `JSON.stringify`.
 * @throws ArgumentError for anything else, since nothing could read it back
 */
export function serialize(initializer: Initializer): Envelope {
  if (!isInitializer(initializer))
    throw new ArgumentError(`an initializer is what serialize takes, got ${show(initializer)}`);
  const { className } = initializer;
  const type: abstract new () => unknown = classOf(className);
  if (!(initializer instanceof type)) {
    throw new ArgumentError(`only Keras's own initializers can be serialized, got another ${className}`);
  }
  return {
    module: 'keras.initializers',
    class_name: className,
    config: initializer.getConfig(),
    registered_name: null,
  };
}

/**
 * An initializer from its envelope: Keras 3's, or Keras 2's with `class_name` and `config`
 * alone, where the name may be any identifier. Which Keras module wrote it does not matter; a
 * class that the user registered is none of Keras's, whatever its name.
 * @throws ArgumentError naming what cannot be right
 */
export function deserialize(envelope: unknown): Initializer {
  const given = knownKeys("an initializer's JSON", envelope, KEYS);
  const { class_name: name, config, module, registered_name: registered } = given;
  if (typeof name !== 'string') throw new ArgumentError(`class_name must be a string, got ${show(name)}`);
  const type = classOf(name);
  if (module !== undefined && typeof module !== 'string') {
    throw new ArgumentError(`module must be a string such as "keras.initializers", got ${show(module)}`);
  }
  if (registered !== undefined && registered !== null && registered !== name) {
    throw new ArgumentError(`registered_name must be null for Keras's own ${name}, got ${show(registered)}`);
  }
  return type.fromConfig(config ?? {});
}
