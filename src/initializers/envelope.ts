import { knownKeys } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import { type Config, type Initializer, membersOf } from './initializer';
import { classOf, isOurs, presetOf, registeredNameOf } from './registry';

/**
 * An initializer as Keras 3 writes it into a model's JSON.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const envelope: initializers.Envelope = initializers.serialize(initializers.zeros());
 * console.log(envelope.module, envelope.class_name); // keras.initializers Zeros
 * ```
 */
export interface Envelope {
  /** 'keras.initializers', or 'tensorseed' for an initializer that Keras does not have, such as Bits. */
  readonly module: string;
  /** The name of the class, such as 'HeNormal'. */
  readonly class_name: string;
  /** What `getConfig` of the initializer returns. */
  readonly config: Config;
  /** The name by which Keras finds a custom class: null, or 'tensorseed>Bits' for Bits. */
  readonly registered_name: string | null;
}

/**
 * The keys of an envelope. `shared_object_id` marks one instance that several layers share in Keras;
 * here each of them gets an instance of its own.
 */
const KEYS = ['module', 'class_name', 'config', 'registered_name', 'shared_object_id'];

/**
 * Returns one of this library's initializers as Keras's JSON, an object for `JSON.stringify`.
 * @throws ArgumentError for any other initializer, since `deserialize` could not read it back
 * @see keras/src/saving/serialization_lib.py, serialize_keras_object
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const json = initializers.serialize(initializers.orthogonal({ gain: 2, seed: 7 }));
 * console.log(json.class_name, json.config); // Orthogonal { seed: 7, gain: 2 }
 * ```
 */
export function serialize(initializer: Initializer): Envelope {
  const members = membersOf(initializer);
  if (members === undefined)
    throw new ArgumentError(`an initializer is what serialize takes, got ${show(initializer)}`);
  const { className } = members;
  classOf(className);
  if (!isOurs(initializer, className)) {
    throw new ArgumentError(`only Keras's own initializers can be serialized, got another ${className}`);
  }
  return envelopeOf(members);
}

function envelopeOf({ className, getConfig }: Initializer): Envelope {
  const registered = registeredNameOf(className);
  return {
    module: registered === null ? 'keras.initializers' : registered.split('>')[0],
    class_name: className,
    config: getConfig(),
    registered_name: registered,
  };
}

/** The JSON of an initializer is made once: all tensors of a model may have the same initializer. */
const written = new WeakMap<Initializer, Envelope>();

/**
 * The JSON of one of this library's initializers, frozen; any other initializer is returned as it is.
 * @param members those of `initializer`, read before
 */
export function jsonOf(initializer: Initializer, members: Initializer): Envelope | Initializer {
  let json = written.get(initializer);
  if (json !== undefined) return json;
  if (!isOurs(initializer, members.className)) return initializer;
  json = envelopeOf(members);
  for (const value of Object.values(json.config)) Object.freeze(value);
  Object.freeze(json.config);
  written.set(initializer, Object.freeze(json));
  return json;
}

/**
 * Makes an initializer from Keras's JSON.
 *
 * It reads the envelope of Keras 3, and that of Keras 2, which has `class_name` and `config` alone and
 * whose name may be any identifier. Which module of Keras wrote it does not matter. A class that somebody
 * else registered is refused, even under a name of Keras's.
 * @throws ArgumentError naming the key that cannot be right
 * @see keras/src/saving/serialization_lib.py, deserialize_keras_object
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const initializer = initializers.deserialize({ class_name: 'HeNormal', config: { seed: 7 } });
 * console.log(initializer.className, initializer.seed); // HeNormal 7n
 * ```
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
  const preset = presetOf(name);
  if (preset === undefined) return type.fromConfig(config ?? {});
  const keys = [...new Set(['dtype', ...Object.keys(new type().getConfig()), ...Object.keys(preset)])];
  return type.fromConfig({ ...preset, ...knownKeys(`the config of ${name}`, config ?? {}, keys) });
}
