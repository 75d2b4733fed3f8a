import { knownKeys } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import { type Config, type Initializer, isInitializer } from './initializer';
import { classOf, registeredNameOf } from './registry';

/** An initializer as Keras 3 writes it into a model's JSON. */
export interface Envelope {
  /** 'keras.initializers', or 'tensorseed' for an initializer that Keras does not have, such as Bits. */
  readonly module: string;
  readonly class_name: string;
  readonly config: Config;
  /** Null, or 'tensorseed>Bits' for Bits: the name that Keras looks a custom class up by. */
  readonly registered_name: string | null;
}

/**
 * The keys of an envelope. `shared_object_id` marks one instance that several layers share in Keras;
 * here each of them gets an instance of its own.
 */
const KEYS = ['module', 'class_name', 'config', 'registered_name', 'shared_object_id'];

/**
 * The envelope of one of this library's initializers, for `JSON.stringify`.
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
  const registered = registeredNameOf(className);
  return {
    module: registered === null ? 'keras.initializers' : registered.split('>')[0],
    class_name: className,
    config: initializer.getConfig(),
    registered_name: registered,
  };
}

/**
 * An initializer from its envelope: that of Keras 3, or that of Keras 2 with `class_name` and `config`
 * alone, where the name may be any identifier. Which module of Keras wrote it does not matter. A class
 * that somebody else registered is refused, even under a name of Keras's.
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
  const expected = registeredNameOf(name);
  if (registered !== undefined && registered !== null && registered !== name && registered !== expected) {
    const right = expected === null ? `null for Keras's own ${name}` : show(expected);
    throw new ArgumentError(`registered_name must be ${right}, got ${show(registered)}`);
  }
  return type.fromConfig(config ?? {});
}
